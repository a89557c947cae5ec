import type { Plan } from "../../model/plan/plan.js";
import { mermaid } from "../graph/mermaid.js";
import { planGraph } from "../graph/plan-graph.js";
import { counted } from "../layout/quantity.js";
import { fence } from "./fence.js";
import type { Section } from "./fit.js";

/** More than this nobody can read, and forges draw slowly. */
const MOST_NODES = 40;

/** What changes as a Mermaid flowchart, folded. */
export function graphSection(plan: Plan): Section {
  const { graph, left } = planGraph(plan, MOST_NODES);
  const rest = left === 0 ? "" : `${counted(left, "more export")} that change are not drawn.\n\n`;
  return {
    open: "<details><summary>What changes, as a graph</summary>\n\n",
    items: graph.nodes.length === 0 ? [] : [`${rest}${fence("mermaid", mermaid(graph))}`],
    between: "",
    close: "\n\n</details>",
    more: () => "It does not fit here.",
    share: 0.07,
  };
}
