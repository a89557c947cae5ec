import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** What a forge makes of a text: every node of GitHub Flavored Markdown, in order. */
export function nodesOf(text: string): Nodes[] {
  const found: Nodes[] = [];
  const visit = (node: Nodes): void => {
    found.push(node);
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return found;
}

/** The only HTML that we write; whatever a summary says is inert. */
const OURS =
  /^(?:<!-- rollcall:plan [\w./%-]+ [\w./%-]+ -->|<details><summary>(?:[^<>]|<\/?code>)*<\/summary>|<\/details>|<\/?(?:code|sub|br)>)$/;

/** What a forge would turn into a mention, a reference, an emoji or a link in such text. */
const ALIVE = /[@#!$~%^&:][\p{L}\p{N}"'([{]|\bwww\.|:\/\/|\b[A-Z]{2,}-\d|\b[0-9a-f]{7,40}\b/iu;

/** Everything in a comment that is not ours alone: links, images, foreign HTML, mentions. Empty when all is well. */
export function aliveIn(nodes: readonly Nodes[]): string[] {
  return nodes.flatMap((node) => {
    if (/^(?:link|image|footnote|definition)/.test(node.type))
      return [`${node.type}: ${JSON.stringify(node)}`];
    if (node.type === "html") {
      const foreign = node.value.split("\n").filter((line) => !OURS.test(line));
      const told = node.value.replaceAll(/<!-- .* -->|<[^>]*>/g, " ").replaceAll(/&#\d+;/g, "\u2060");
      return [...foreign, ...(ALIVE.test(told) ? [told] : [])];
    }
    return node.type === "text" && ALIVE.test(node.value) ? [node.value] : [];
  });
}

/** True when every fold that is opened is closed, in order. */
export function foldsClose(nodes: readonly Nodes[]): boolean {
  let open = 0;
  for (const node of nodes) {
    if (node.type !== "html") continue;
    for (const [tag] of node.value.matchAll(/<\/?details>/g)) {
      open += tag === "<details>" ? 1 : -1;
      if (open < 0) return false;
    }
  }
  return open === 0;
}
