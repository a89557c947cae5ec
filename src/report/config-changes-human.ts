import type { ConfigChange } from "../model/plan.js";
import type { Palette } from "./palette.js";
import { wrap } from "./text.js";

/**
 * Definitions that differ from the ones last applied, as unified diffs. Of a
 * new one every line is new, so its name is enough.
 */
export function configChangesHuman(changes: readonly ConfigChange[], paint: Palette): string[] {
  if (changes.length === 0) return [];
  const lines = [paint.strong("Configuration")];
  for (const change of changes) {
    lines.push(
      ...wrap(`  ${MARKS[change.kind]} ${change.export}  `, about(change)).map(painter(change, paint)),
    );
    if (change.kind === "changed")
      lines.push(...hunks(change.diff).map((line) => `    ${colour(line, paint)}`.trimEnd()));
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

function about({ kind, from, detail = "" }: ConfigChange): string {
  switch (kind) {
    case "new":
      return "new export";
    case "changed":
      return "";
    case "orphaned":
      return `no longer in the configuration; ${detail}`;
    case "renamed":
      return `renamed from ${from ?? ""}`;
    case "moved":
      return `goes from list ${from ?? ""} to another; ${detail}`;
    case "removed":
      return `removed; ${detail}`;
    case "protected":
    case "unprotected":
      return detail;
  }
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
