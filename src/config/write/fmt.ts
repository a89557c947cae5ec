import { isDeepStrictEqual } from "node:util";
import type { Diagnostic } from "../../model/diagnostic.js";
import { presentDiagnostics } from "../diagnostics/diagnostics.js";
import { positionOf, type YamlFault } from "../yaml/document.js";
import { arrangeSections } from "./fmt-sections.js";
import { parseConfigText } from "../yaml/parse.js";
import type { Finding } from "../diagnostics/problem.js";

/**
 * Writes a config file in the one style: sections in the order of the schema
 * with a blank line between them, two spaces a level, double quotes where there
 * are quotes, no line folded. Comments stay. `text` is undefined when the file
 * is not sound YAML; the diagnostics say why.
 */
export function formatConfig(
  source: string,
  file = "exports.config.yaml",
): { text: string | undefined; diagnostics: Diagnostic[] } {
  const text = source.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const { document, value, faults } = parseConfigText(file, file, text);
  const refused = [...undecoded(text), ...faults];
  if (refused.length === 0) {
    const formatted = settled(text);
    const kept = isDeepStrictEqual(parseConfigText(file, file, formatted).value, value);
    if (kept) return { text: formatted, diagnostics: [] };
    refused.push(unsafe);
  }
  const findings = refused.map(({ from, to, ...said }): Finding => ({
    severity: "error",
    ...said,
    position: document === undefined ? { file, line: 1, column: 1 } : positionOf(document, from, to),
  }));
  return {
    text: undefined,
    diagnostics: presentDiagnostics(findings, document === undefined ? [] : [document]),
  };
}

/** Where bytes could not be decoded, writing the text back would destroy them. */
function undecoded(text: string): YamlFault[] {
  const at = text.indexOf("\uFFFD");
  if (at === -1) return [];
  return [
    {
      code: "not-utf8",
      message: "This is not UTF-8 text.",
      hint: "Save the file as UTF-8.",
      from: at,
      to: at + 1,
    },
  ];
}

/** The printer's last word: no YAML is so odd that formatting may change what it says. */
const unsafe: YamlFault = {
  code: "unsafe-format",
  message: "Formatting would change what this file says, so it stays as it is.",
  hint: "Write multi-line texts and quotes in a plainer way.",
  from: 0,
  to: 0,
};

/**
 * A comment may find another owner when the lines around it move, so the style
 * is applied until nothing moves. Where two places hand a comment to each other
 * for ever, the first text in alphabetical order is as good as the other.
 */
function settled(text: string): string {
  const seen = [text];
  for (;;) {
    const next = arrangeSections(seen.at(-1) ?? text);
    const again = seen.indexOf(next);
    if (again !== -1) return seen.slice(again).sort()[0] ?? next;
    seen.push(next);
  }
}
