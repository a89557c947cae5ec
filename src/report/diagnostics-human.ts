import type { Diagnostic } from "../model/diagnostic.js";
import type { Palette } from "./layout/palette.js";
import { counted } from "./layout/quantity.js";
import { wrap } from "./layout/text.js";

/** Every diagnostic with its place, frame and hint, then how many there are. Empty for none. */
export function diagnosticsHuman(diagnostics: readonly Diagnostic[], paint: Palette): string {
  if (diagnostics.length === 0) return "";
  const lines: string[] = [];
  for (const diagnostic of diagnostics) {
    const colour = diagnostic.severity === "error" ? paint.error : paint.warn;
    const where = diagnostic.environments === undefined ? "" : ` in ${diagnostic.environments.join(", ")}`;
    const [first = "", ...rest] = wrap(
      `${diagnostic.severity}${where}: `,
      `${diagnostic.message} [${diagnostic.code}]`,
    );
    lines.push(colour(diagnostic.severity) + first.slice(diagnostic.severity.length), ...rest);
    if (diagnostic.position !== undefined) {
      const { file, line, column } = diagnostic.position;
      lines.push(paint.quiet(`  at ${file}:${line}:${column}`));
    }
    if (diagnostic.frame !== undefined)
      lines.push(...diagnostic.frame.split("\n").map((text) => `  ${text}`.trimEnd()));
    if (diagnostic.hint !== undefined) lines.push(...wrap("  hint: ", diagnostic.hint));
    lines.push("");
  }
  lines.push(tally(diagnostics));
  return `${lines.join("\n")}\n`;
}

function tally(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  const warnings = diagnostics.length - errors;
  const parts = [
    errors > 0 ? counted(errors, "error") : "",
    warnings > 0 ? counted(warnings, "warning") : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}
