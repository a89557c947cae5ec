import type { ExportPlan, Plan } from "../../model/plan/plan.js";
import { changesList } from "../../plan/changes.js";
import { sortByDanger, findWorstCheck } from "../../plan/danger.js";
import type { Graph, GraphEdge, GraphNode } from "./graph.js";
import { formatCount } from "../layout/quantity.js";

/** What a plan changes: connections → exports → lists with how many people. The rest is left out. */
export function planGraph(plan: Plan, mostNodes = Number.POSITIVE_INFINITY): { graph: Graph; left: number } {
  const changed = sortByDanger(plan).filter((item) => item.error !== undefined || changesList(item));
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  let drawn = 0;
  for (const item of changed) {
    const parts = nodesOf(item);
    const fresh = parts.filter(({ key }) => !nodes.has(key));
    if (nodes.size + fresh.length > mostNodes) break;
    for (const { key, node } of fresh) nodes.set(key, { ...node, id: `n${nodes.size}` });
    const [connection = "", self = "", list = ""] = parts.map(({ key }) => nodes.get(key)?.id);
    edges.push({ from: connection, to: self }, { from: self, to: list, ...flow(item) });
    drawn += 1;
  }
  return { graph: { nodes: [...nodes.values()], edges }, left: changed.length - drawn };
}

function nodesOf(item: ExportPlan): { key: string; node: Omit<GraphNode, "id"> }[] {
  const { name, type, connection, account, list, checks, error } = item;
  const alarming = error !== undefined || findWorstCheck(checks)?.status === "failed";
  const listLabel = list.name ?? list.id ?? "";
  return [
    {
      key: JSON.stringify(["connection", connection]),
      node: { kind: "connection", label: [connection, type] },
    },
    { key: JSON.stringify(["export", name]), node: { kind: "export", label: [name], alarming } },
    {
      key: JSON.stringify(["list", account, list.id ?? "", list.name ?? ""]),
      node: { kind: "list", label: [list.create ? `new list ${listLabel}` : listLabel] },
    },
  ];
}

function flow(item: ExportPlan): Pick<GraphEdge, "label" | "dashed"> {
  if (item.error !== undefined) return { label: "cannot be planned", dashed: true };
  const { add, update, remove } = item.counts;
  const parts = [
    add > 0 ? `+${formatCount(add)}` : "",
    update > 0 ? `~${formatCount(update)}` : "",
    remove > 0 ? `−${formatCount(remove)}` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? {} : { label: parts.join(", ") };
}
