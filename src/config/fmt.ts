import {
  isCollection,
  isMap,
  parseDocument,
  visit,
  type Document,
  type Pair,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { Diagnostic } from "../model/diagnostic.js";
import { framer } from "./diagnostics.js";
import { parseConfigText, positionOf, type ConfigDocument, type YamlFault } from "./document.js";
import { keyName } from "./structure.js";

/** The order of the sections, which is that of the schema. */
export const SECTION_ORDER = [
  "version",
  "include",
  "timezone",
  "state",
  "connections",
  "sources",
  "segments",
  "suppressions",
  "exports",
];

/**
 * Writes a config file in the one style: sections in the order of the schema
 * with a blank line between them, two spaces a level, double quotes where quotes
 * are needed, no line folded. Comments stay. `text` is undefined when the file
 * is not sound YAML; the diagnostics say why.
 */
export async function formatConfig(
  source: string,
  file = "exports.config.yaml",
): Promise<{ text: string | undefined; diagnostics: Diagnostic[] }> {
  const text = source.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const { document, faults } = parseConfigText(file, file, text);
  if (document === undefined || faults.length > 0)
    return {
      text: undefined,
      diagnostics: await Promise.all(faults.map((fault) => refusal(fault, document, file))),
    };
  // Merge keys stay as they are written, so they are read as ordinary keys here.
  const yaml = parseDocument(text, { uniqueKeys: false, merge: false });
  preferDoubleQuotes(yaml);
  if (isMap(yaml.contents) && yaml.contents.flow !== true) arrangeSections(yaml, yaml.contents);
  const formatted = yaml.toString({
    indent: 2,
    lineWidth: 0,
    flowCollectionPadding: false,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  return { text: formatted, diagnostics: [] };
}

async function refusal(
  fault: YamlFault,
  document: ConfigDocument | undefined,
  file: string,
): Promise<Diagnostic> {
  const { code, message, hint } = fault;
  const base = { severity: "error" as const, code, message, ...(hint === undefined ? {} : { hint }) };
  if (document === undefined) return { ...base, position: { file, line: 1, column: 1 } };
  const position = positionOf(document, fault.from, fault.to);
  const frame = await framer([document])(position);
  return { ...base, position, ...(frame === undefined ? {} : { frame }) };
}

function preferDoubleQuotes(yaml: Document): void {
  visit(yaml, {
    Scalar: (_, scalar) => {
      if (scalar.type === "QUOTE_SINGLE" && !/["\\]/.test(String(scalar.value))) scalar.type = "QUOTE_DOUBLE";
    },
  });
}

function arrangeSections(yaml: Document, top: YAMLMap): void {
  const pairs = top.items as Pair<Scalar, unknown>[];
  // An alias must stay behind its anchor.
  if (!hasAliases(yaml)) {
    const first = pairs[0];
    const sorted = pairs.map((pair) => ({ pair, rank: rank(pair) })).sort((a, b) => a.rank - b.rank);
    pairs.splice(0, pairs.length, ...sorted.map(({ pair }) => pair));
    if (first !== undefined && first !== pairs[0]) handBackComment(top, first);
  }
  for (const [index, { key, value }] of pairs.entries()) {
    const previous = pairs[index - 1];
    if (previous === undefined) key.spaceBefore = false;
    else if (isBlock(value) || isBlock(previous.value)) key.spaceBefore = true;
  }
}

/** The parser ties a comment on top of the file to the file; it belongs to the section that stood below it. */
function handBackComment(top: YAMLMap, first: Pair<Scalar, unknown>): void {
  const lines = top.commentBefore?.split("\n") ?? [];
  const isModeline = (line: string): boolean => line.trimStart().startsWith("yaml-language-server:");
  const own = lines.filter((line) => !isModeline(line));
  if (own.length === 0) return;
  const stay = lines.filter(isModeline);
  top.commentBefore = stay.length > 0 ? stay.join("\n") : null;
  first.key.commentBefore = [...own, ...(first.key.commentBefore?.split("\n") ?? [])].join("\n");
}

function rank({ key }: Pair): number {
  const index = SECTION_ORDER.indexOf(keyName(key));
  return index === -1 ? SECTION_ORDER.length : index;
}

function isBlock(value: unknown): boolean {
  return isCollection(value) && value.flow !== true;
}

function hasAliases(yaml: Document): boolean {
  let found = false;
  visit(yaml, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}
