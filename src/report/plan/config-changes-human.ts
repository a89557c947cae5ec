import type { ConfigChange } from "../../model/plan/plan.js";
import { changeRemark, hunksOfDiff } from "./config-change.js";
import { diffLine } from "../diff-human.js";
import type { Palette } from "../layout/palette.js";
import { wrap } from "../layout/text.js";

/**
 * Definitions that differ from the ones last applied, as unified diffs. Of a
 * new one every line is new, so its name is enough.
 */
export function configChangesHuman(changes: readonly ConfigChange[], paint: Palette): string[] {
  if (changes.length === 0) return [];
  const lines = [paint.strong("Configuration")];
  for (const change of changes) {
    lines.push(
      ...wrap(`  ${MARKS[change.kind]} ${change.export}  `, changeRemark(change)).map(painter(change, paint)),
    );
    if (change.kind === "changed")
      lines.push(...hunksOfDiff(change.diff).map((line) => `    ${diffLine(line, paint)}`.trimEnd()));
    if (change.hint !== undefined) lines.push(...wrap("      ", change.hint).map(paint.quiet));
  }
  return [...lines, ""];
}

const MARKS: Readonly<Record<ConfigChange["kind"], string>> = {
  new: "+",
  changed: "~",
  orphaned: "?",
  renamed: "~",
  moved: "~",
  removed: "-",
  protected: "~",
  unprotected: "!",
};

/** The name stands out, and what is said of it does not. */
function painter(
  { kind, export: name }: ConfigChange,
  paint: Palette,
): (line: string, index: number) => string {
  const colours = { "+": paint.add, "~": paint.update, "-": paint.remove, "?": paint.warn, "!": paint.warn };
  const strong = colours[MARKS[kind] as keyof typeof colours];
  const head = `  ${MARKS[kind]} ${name}`;
  return (line, index) =>
    index === 0 ? strong(head) + paint.quiet(line.slice(head.length).trimEnd()) : paint.quiet(line);
}
