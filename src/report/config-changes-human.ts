import type { ConfigChange } from "../model/plan.js";
import type { Palette } from "./palette.js";

/**
 * Definitions that differ from the ones last applied, as unified diffs. Of a
 * new one every line is new, so its name is enough.
 */
export function configChangesHuman(changes: readonly ConfigChange[], paint: Palette): string[] {
  if (changes.length === 0) return [];
  const lines = [paint.strong("Configuration")];
  for (const { export: name, kind, diff } of changes) {
    if (kind === "new") lines.push(paint.add(`  + ${name}`) + paint.quiet("  new export"));
    if (kind === "orphaned")
      lines.push(
        paint.warn(`  ? ${name}`) + paint.quiet("  no longer in the configuration; its members stay"),
      );
    if (kind !== "changed") continue;
    lines.push(
      paint.update(`  ~ ${name}`),
      ...hunks(diff).map((line) => `    ${colour(line, paint)}`.trimEnd()),
    );
  }
  return [...lines, ""];
}

/** A unified diff without the two lines that name files: the heading names the export. */
function hunks(diff: string): string[] {
  return diff
    .trimEnd()
    .split("\n")
    .filter((line) => line !== "" && !/^(?:---|\+\+\+|Index:|={5,})(?:\s|$)/u.test(line));
}

function colour(line: string, paint: Palette): string {
  if (line.startsWith("@@")) return paint.quiet(line);
  if (line.startsWith("+")) return paint.add(line);
  if (line.startsWith("-")) return paint.remove(line);
  return line;
}
