import { isMap, parseDocument, type Pair } from "yaml";
import { styleText } from "./fmt-style.js";
import { keyName, rangeOf } from "../yaml/structure.js";

/** The order of the sections, which is that of the schema. */
export const SECTION_ORDER = [
  "version",
  "include",
  "plugins",
  "timezone",
  "state",
  "forget",
  "allowPaths",
  "sql",
  "approvals",
  "roles",
  "policies",
  "connections",
  "sources",
  "segments",
  "suppressions",
  "schedule",
  "exports",
  "moved",
  "removed",
  "notifiers",
  "environments",
];

/**
 * Sound YAML with its sections styled and in order. Each section is styled on
 * its own, so that a comment at the left edge stays with the section below it
 * and an indented one with the section above.
 */
export function arrangeSections(text: string): string {
  const split = splitSections(text);
  if (split === undefined) return styleText(text).text;
  const sections = split.sections.map((section) => ({ ...section, ...styleText(section.body) }));
  // An alias must stay behind its anchor.
  if (sections.every(({ selfContained }) => selfContained))
    sections.sort((a, b) => rank(a.name) - rank(b.name));
  let out = split.header === "" ? "" : `${split.header}\n`;
  let previous: (typeof sections)[number] | undefined;
  for (const section of sections) {
    const apart =
      previous === undefined ? split.header !== "" && !isModeline(split.header) : parted(previous, section);
    out += (apart ? "\n" : "") + (section.comment === "" ? "" : `${section.comment}\n`) + section.text;
    previous = section;
  }
  return split.footer === "" ? out : `${out}${keepsLineEnds(out) ? "" : "\n"}${split.footer}\n`;
}

interface Section {
  readonly name: string;
  /** Comment lines above the key. */
  readonly comment: string;
  /** The section was set apart by a blank line. */
  readonly blankAbove: boolean;
  readonly body: string;
}

/** Undefined when the file is not a block of keys at the left edge. */
function splitSections(text: string): { header: string; sections: Section[]; footer: string } | undefined {
  const { contents } = parseDocument(text, { uniqueKeys: false, merge: false });
  if (!isMap(contents) || contents.flow === true) return undefined;
  const starts = (contents.items as Pair[]).map(({ key }) => ({
    name: keyName(key),
    at: lineStart(text, rangeOf(key)[0]),
  }));
  if (starts.some(({ at, name }) => text[at] !== name[0] && !/["'&]/.test(text[at] ?? ""))) return undefined;
  const [top = "", ...bodies] = [0, ...starts.map(({ at }) => at)].map((at, index) =>
    text.slice(at, starts[index]?.at),
  );
  const header = splitHeader(top);
  let above = { comment: header.own, blankAbove: false };
  let footer = "";
  const sections = starts.map(({ name }, index): Section => {
    const [body, tail] = splitTail(bodies[index] ?? "");
    const section = { name, ...above, body };
    above = { comment: tidy(tail), blankAbove: body.endsWith("\n\n") };
    footer = above.comment;
    return section;
  });
  return { header: header.file, sections, footer };
}

/** Comments on top: those set apart by a blank line (and the editor's modeline) belong to the file, the rest to the first key. */
function splitHeader(top: string): { file: string; own: string } {
  const comments = tidy(top.replace(/^(---|%).*$/gm, ""));
  const end = top.replace(/\n$/, "");
  const isApart = end.includes("\n", end.trimEnd().length);
  const blank = isApart ? comments.length : comments.lastIndexOf("\n\n");
  if (blank > 0) return { file: comments.slice(0, blank), own: comments.slice(blank).trim() };
  const [first = "", ...rest] = comments.split("\n");
  return isModeline(first) ? { file: first, own: rest.join("\n") } : { file: "", own: comments };
}

function isModeline(line: string): boolean {
  return /^#\s*yaml-language-server:[^\n]*$/.test(line);
}

/** Cuts comments at the left edge off the end of a section. Blank lines stay: a block of text may keep them. */
function splitTail(body: string): [body: string, tail: string] {
  const lines = body.split(/(?<=\n)/);
  const isTail = (line: string): boolean => line.startsWith("#") || line.trim() === "";
  let start = lines.length;
  for (let index = lines.length - 1; index > 0 && isTail(lines[index] ?? ""); index -= 1)
    if (lines[index]?.startsWith("#")) start = index;
  return [lines.slice(0, start).join(""), lines.slice(start).join("")];
}

/** Without blank lines at both ends, and with one at most in between. */
function tidy(comments: string): string {
  return comments
    .replace(/(?<![ \t])[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function parted(previous: { text: string }, section: { text: string; blankAbove: boolean }): boolean {
  if (keepsLineEnds(previous.text)) return false;
  return section.blankAbove || [previous, section].some(({ text }) => text.trimEnd().includes("\n"));
}

/** A block of text that keeps its blank lines ends here; one more would be one more of its lines. */
function keepsLineEnds(text: string): boolean {
  return text.endsWith("\n\n");
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function rank(name: string): number {
  const index = SECTION_ORDER.indexOf(name);
  return index === -1 ? SECTION_ORDER.length : index;
}
