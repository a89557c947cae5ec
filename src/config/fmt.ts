import type { Diagnostic } from "../model/diagnostic.js";
import { framer } from "./diagnostics.js";
import { parseConfigText, positionOf, type ConfigDocument, type YamlFault } from "./document.js";
import { arranged } from "./fmt-sections.js";

/**
 * Writes a config file in the one style: sections in the order of the schema
 * with a blank line between them, two spaces a level, double quotes where there
 * are quotes, no line folded. Comments stay. `text` is undefined when the file
 * is not sound YAML; the diagnostics say why.
 */
export async function formatConfig(
  source: string,
  file = "exports.config.yaml",
): Promise<{ text: string | undefined; diagnostics: Diagnostic[] }> {
  const text = source.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  // Where bytes could not be decoded, writing the text back would destroy them.
  const lost = text.indexOf("\uFFFD");
  if (lost !== -1) {
    const line = text.slice(0, lost).split("\n").length;
    const diagnostic: Diagnostic = {
      severity: "error",
      code: "not-utf8",
      message: `${file} is not UTF-8 text.`,
      hint: "Save it as UTF-8.",
      position: { file, line, column: lost - text.lastIndexOf("\n", lost) },
    };
    return { text: undefined, diagnostics: [diagnostic] };
  }
  const { document, faults } = parseConfigText(file, file, text);
  if (document !== undefined && faults.length === 0) return { text: settled(text), diagnostics: [] };
  const diagnostics = await Promise.all(faults.map((fault) => refusal(fault, document, file)));
  return { text: undefined, diagnostics };
}

/** A comment may find another owner when the lines around it move, so the style is applied until nothing moves. */
function settled(text: string): string {
  let current = text;
  for (let round = 0; round < 5; round += 1) {
    const next = arranged(current);
    if (next === current) break;
    current = next;
  }
  return current;
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
