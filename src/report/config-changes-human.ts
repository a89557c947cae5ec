import type { ConfigChange } from "../model/plan.js";
import type { Palette } from "./palette.js";

const WORDS = { new: "new", changed: "changed", orphaned: "no longer in the configuration" } as const;

/** Definitions that differ from the ones last applied, as unified diffs. */
export function configChangesHuman(changes: readonly ConfigChange[], paint: Palette): string[] {
  if (changes.length === 0) return [];
  const lines = [paint.strong("Configuration"), ""];
  for (const change of changes) {
    lines.push(`  ${paint.strong(change.export)} ${paint.quiet(`(${WORDS[change.kind]})`)}`);
    for (const line of hunks(change.diff)) lines.push(`    ${colour(line, paint)}`);
    lines.push("");
  }
  return lines;
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
