import type { Check } from "../../model/plan/plan.js";
import type { Palette } from "../layout/palette.js";
import { wrap } from "../layout/text.js";

const MARKS = { ok: "✓", warning: "!", failed: "✗", overridden: "!" } as const;

/** Checks that failed or warn, each with what to do; those that hold are not worth a line. */
export function checksHuman(checks: readonly Check[], paint: Palette): string[] {
  const lines: string[] = [];
  for (const check of checks) {
    if (check.status === "ok") continue;
    const colour = check.status === "failed" ? paint.error : paint.warn;
    const name = check.status === "overridden" ? `${check.name} (overridden)` : check.name;
    const [first = "", ...rest] = wrap(`    ${MARKS[check.status]} `, `${name}: ${check.message}`);
    lines.push(colour(first), ...rest.map(colour));
    if (check.hint !== undefined && check.status !== "overridden")
      lines.push(...wrap("      ", check.hint).map(paint.quiet));
  }
  return lines;
}
