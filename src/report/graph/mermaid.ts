import type { Graph, GraphEdge, GraphNode, NodeKind } from "./graph.js";
import { toOneLine } from "../layout/printable.js";

/** How https://mermaid.js.org/syntax/flowchart.html draws each kind. */
const SHAPES: Readonly<Record<NodeKind, readonly [string, string]>> = {
  source: ["[(", ")]"],
  segment: ["([", "])"],
  suppression: ["{{", "}}"],
  export: ["[", "]"],
  list: ["[/", "/]"],
  connection: ["[[", "]]"],
};

/** Everything but these is written as its number, which Mermaid shows as the character. */
const TELLING = /[^\p{L}\p{N} .,_+→−–-]/gu;
const LONGEST_LABEL = 60;

/** A flowchart that GitHub and GitLab draw in Markdown. No name can become syntax. */
export function mermaid({ nodes, edges }: Graph): string {
  const alarming = nodes.filter((node) => node.alarming === true).map(({ id }) => id);
  return [
    "flowchart LR",
    ...nodes.map(nodeLine),
    ...edges.map(edgeLine),
    ...(alarming.length === 0
      ? []
      : ["  classDef alarming stroke:#cf222e,stroke-width:3px", `  class ${alarming.join(",")} alarming`]),
  ].join("\n");
}

function nodeLine({ id, kind, label }: GraphNode): string {
  const [open, close] = SHAPES[kind];
  return `  ${id}${open}"${label.map(text).join("<br/>")}"${close}`;
}

function edgeLine({ from, to, label, dashed = false }: GraphEdge): string {
  const arrow = dashed ? "-.->" : "-->";
  return `  ${from} ${arrow}${label === undefined ? "" : `|"${text(label)}"|`} ${to}`;
}

function text(label: string): string {
  return toOneLine(label, LONGEST_LABEL).replace(
    TELLING,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
}
