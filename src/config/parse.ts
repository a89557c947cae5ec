import { LineCounter, parseDocument, visit, type Document } from "yaml";
import type { ConfigDocument, YamlFault } from "./document.js";
import { structureFaults } from "./structure.js";
import { syntaxFault } from "./syntax-fault.js";

/** How many nodes aliases may unfold to; a config written by hand stays far below. */
const MAX_ALIASES = 1000;

/** Parses a file; `value` is what it says as plain data, undefined when there are faults. Never throws. */
export function parseConfigText(
  path: string,
  label: string,
  text: string,
): { document: ConfigDocument | undefined; value: unknown; faults: YamlFault[] } {
  try {
    const lines = new LineCounter();
    const yaml = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      merge: true,
      logLevel: "error",
    });
    const document = { path, label, text, yaml, lines };
    const faults = [...yaml.errors, ...yaml.warnings].map((error) => syntaxFault(error, text));
    if (faults.length === 0) faults.push(...structureFaults(document));
    if (faults.length > 0) return { document, value: undefined, faults };
    return { document, ...plainValue(yaml) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = "The file is nested too deeply to be read.";
    return {
      document: undefined,
      value: undefined,
      faults: [{ code: "yaml-depth", message, from: 0, to: 0 }],
    };
  }
}

function plainValue(yaml: Document.Parsed): { value: unknown; faults: YamlFault[] } {
  try {
    return { value: yaml.toJS({ maxAliasCount: MAX_ALIASES }), faults: [] };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const from = firstAlias(yaml);
    const fault = {
      code: "yaml-alias-bomb",
      message: `The aliases of this file unfold to more than ${MAX_ALIASES} copies.`,
      hint: "Write the repeated part out, or use fewer aliases inside aliases.",
      from,
      to: from,
    };
    return { value: undefined, faults: [fault] };
  }
}

function firstAlias(yaml: Document.Parsed): number {
  let offset = 0;
  visit(yaml, {
    Alias: (_, { range }) => {
      offset = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}
