import { commandLine } from "../../model/words/command-line.js";
import type { ExportPlan } from "../../model/plan/plan.js";
import { applyWords } from "../runs/apply-words.js";
import type { Palette } from "../layout/palette.js";
import { wrap } from "../layout/text.js";

/** Exports that are kept and inactive, by the reason, and what that means. */
export function detachedHuman(exports: readonly ExportPlan[], paint: Palette): string[] {
  const reasons = new Map<string, string[]>();
  for (const { name, detached } of exports)
    if (detached !== undefined) reasons.set(detached, [...(reasons.get(detached) ?? []), name]);
  if (reasons.size === 0) return [];
  const lines = [paint.strong("Detached"), ""];
  for (const [reason, names] of reasons)
    lines.push(...wrap("  – ", `${names.join(", ")}: ${reason}`).map(paint.warn));
  const meaning =
    "They are kept and inactive: nobody is added, updated or removed. " +
    `\`${commandLine(applyWords({ targets: [...reasons.values()].flat(), removalsOnly: true }))}\` takes people off where a connection is left.`;
  return [...lines, ...wrap("    ", meaning).map(paint.quiet), ""];
}
