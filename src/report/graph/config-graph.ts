import type { Config } from "../../model/config/config.js";
import type { Export } from "../../model/config/export.js";
import { Failure } from "../../model/failure.js";
import type { Segment } from "../../model/config/segment.js";
import type { Graph, GraphEdge, GraphNode, NodeKind } from "./graph.js";

/** Names of the sources and segments that a segment's SQL reads. */
export type Mentions = (segment: Segment) => readonly string[];

/** Each connection has an edge from each suppression, so that these grow with the square of the config. */
const MOST_EDGES = 100_000;

/** What feeds what: sources → segments → exports → lists ← connections. Dashed: people who are taken out. */
export function configGraph(config: Config, mentions: Mentions): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const connect = (edge: GraphEdge): void => {
    if (edges.push(edge) > MOST_EDGES) throw tooLarge();
  };
  const node = (kind: NodeKind, key: string, ...label: string[]): string => {
    const place = JSON.stringify([kind === "suppression" ? "segment" : kind, key]);
    const found = nodes.get(place) ?? { id: `n${nodes.size}`, kind, label: label.length > 0 ? label : [key] };
    nodes.set(place, found);
    return found.id;
  };
  const suppressing = new Set([
    ...config.suppressions,
    ...[...config.connections.values()].flatMap(({ suppressions }) => suppressions),
  ]);
  const segment = (name: string): string => node(suppressing.has(name) ? "suppression" : "segment", name);
  const table = (name: string): string => (config.sources.has(name) ? node("source", name) : segment(name));

  for (const { name, type } of config.sources.values()) node("source", name, name, type);
  for (const item of config.segments.values()) {
    const to = segment(item.name);
    for (const from of origins(item, mentions)) connect({ from: table(from), to });
    for (const name of item.exclude) connect({ from: segment(name), to, label: "excluded", dashed: true });
  }
  for (const item of config.exports.values()) {
    const own = node("export", item.name);
    for (const name of item.segments) connect({ from: segment(name), to: own });
    const to = node("list", listKey(item), listLabel(item));
    connect({ from: own, to, label: item.mode });
    connect({ from: node("connection", item.connection, ...account(item, config)), to });
  }
  for (const { name, suppressions, type } of config.connections.values()) {
    const to = node("connection", name, name, type);
    for (const taken of new Set([...config.suppressions, ...suppressions]))
      connect({ from: segment(taken), to, label: "never sent", dashed: true });
  }
  return { nodes: [...nodes.values()], edges: distinct(edges) };
}

function tooLarge(): Failure {
  return new Failure("invalid", `The graph has more than ${MOST_EDGES} edges.`, {
    hint: "Nobody could read it. Draw projects of their own, or a change with `graph --plan`.",
  });
}

function origins(item: Segment, mentions: Mentions): readonly string[] {
  if (item.from.kind === "where") return [item.from.source];
  return mentions(item).filter((name) => name !== item.name);
}

function account({ connection }: Export, { connections }: Config): string[] {
  const type = connections.get(connection)?.type;
  return type === undefined ? [connection] : [connection, type];
}

function listKey({ connection, list }: Export): string {
  return JSON.stringify([connection, "id" in list ? ["id", list.id] : ["name", list.name]]);
}

function listLabel({ list }: Export): string {
  return "id" in list ? `list ${list.id}` : list.name;
}

/** Several exports may go to one list. */
function distinct(edges: readonly GraphEdge[]): GraphEdge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to, edge.label]), edge])).values()];
}
