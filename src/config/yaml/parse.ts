import { LineCounter, parseDocument } from "yaml";
import { aliasTargets } from "./aliases.js";
import type { ConfigDocument, YamlFault } from "./document.js";
import { measureExcess } from "./measure.js";
import { plainValue } from "./plain.js";
import { structureFaults } from "./structure.js";
import { syntaxFault } from "./syntax-fault.js";

/** What the parser finds after these follows from them. */
const MAX_SYNTAX_FAULTS = 20;

export interface ParsedText {
  /** Undefined when the file is too large to be parsed. */
  readonly document: ConfigDocument | undefined;
  /** What it says as plain data; undefined when there are faults. */
  readonly value: unknown;
  readonly faults: readonly YamlFault[];
  /** How many keys and items it holds. */
  readonly values: number;
}

/** Parses a file. Never throws, and never takes longer than the length of the text warrants. */
export function parseConfigText(path: string, label: string, text: string): ParsedText {
  const size = measureExcess(text);
  if ("fault" in size) return { document: undefined, value: undefined, faults: [size.fault], values: 0 };
  const lines = new LineCounter();
  const yaml = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    merge: true,
    logLevel: "error",
  });
  const errors = [...yaml.errors, ...yaml.warnings];
  const targets = aliasTargets(yaml);
  const document = { path, label, text, yaml, lines, targets, unsound: errors.length > 0 };
  const syntax = errors.slice(0, MAX_SYNTAX_FAULTS).map((error) => syntaxFault(error, text));
  const faults = syntax.length > 0 ? syntax : structureFaults(document);
  if (faults.length > 0) return { document, value: undefined, faults, values: size.values };
  return { document, ...plainValue(yaml.contents, targets), values: size.values };
}
