import type { Graph, GraphEdge, GraphNode, NodeKind } from "./graph.js";
import { toOneLine } from "../layout/printable.js";

/** Shapes of https://graphviz.org/doc/info/shapes.html. */
const SHAPES: Readonly<Record<NodeKind, string>> = {
  source: "cylinder",
  segment: "ellipse",
  suppression: "hexagon",
  export: "box",
  list: "parallelogram",
  connection: "component",
};

/** The graph in the DOT language, for Graphviz. */
export function dot({ nodes, edges }: Graph): string {
  return [
    "digraph rollcall {",
    "  rankdir=LR",
    '  node [fontname="Helvetica", fontsize=11]',
    '  edge [fontname="Helvetica", fontsize=10]',
    ...nodes.map(nodeLine),
    ...edges.map(edgeLine),
    "}",
  ].join("\n");
}

function nodeLine({ id, kind, label, alarming = false }: GraphNode): string {
  const loud = alarming ? ', color="#cf222e", penwidth=3' : "";
  return `  ${id} [label=${quoted(label)}, shape=${SHAPES[kind]}${loud}]`;
}

function edgeLine({ from, to, label, dashed = false }: GraphEdge): string {
  const attributes = [
    ...(label === undefined ? [] : [`label=${quoted([label])}`]),
    ...(dashed ? ["style=dashed"] : []),
  ];
  return `  ${from} -> ${to}${attributes.length === 0 ? "" : ` [${attributes.join(", ")}]`}`;
}

/** In quotes only `"` ends the text; a backslash would begin an escape, and `&` an HTML entity. */
function quoted(lines: readonly string[]): string {
  const written = lines.map((line) =>
    toOneLine(line).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("&", "&amp;"),
  );
  return `"${written.join("\\n")}"`;
}
