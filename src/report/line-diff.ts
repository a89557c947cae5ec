import { diffArrays, formatPatch, structuredPatch, type StructuredPatch } from "diff";

/**
 * Lines that may be added or removed in a diff that shows what stayed. Finding
 * the shortest one takes the square of them: minutes for a file of a few thousand.
 */
const MOST_EDITS = 1000;

/** A unified diff of two texts: the shortest, or all of one against all of the other where they have little in common. */
export function unifiedDiff(
  [from, to]: readonly [string, string],
  [before, after]: readonly [string, string],
  context = 4,
): string {
  const options = { context, maxEditLength: MOST_EDITS };
  const patch = structuredPatch(from, to, before, after, "", "", options);
  return formatPatch(patch ?? wholePatch([from, to], [before, after]));
}

/** Lines that follow each other and are in both, or in one alone. */
export interface LineRun {
  readonly in: "both" | "old" | "new";
  readonly lines: readonly string[];
}

/** The same for lists of lines. */
export function lineRuns(before: readonly string[], after: readonly string[]): LineRun[] {
  const runs = diffArrays([...before], [...after], { maxEditLength: MOST_EDITS });
  if (runs === undefined)
    return [
      { in: "old", lines: before },
      { in: "new", lines: after },
    ];
  return runs.map(({ added, removed, value }) => ({
    in: added ? "new" : removed ? "old" : "both",
    lines: value,
  }));
}

function wholePatch(
  [oldFileName, newFileName]: readonly [string, string],
  [before, after]: readonly [string, string],
): StructuredPatch {
  const [old, made] = [linesOf(before), linesOf(after)];
  const hunk = {
    oldStart: 1,
    oldLines: old.count,
    newStart: 1,
    newLines: made.count,
    lines: [...old.lines.map(signed("-")), ...made.lines.map(signed("+"))],
  };
  return { oldFileName, newFileName, oldHeader: "", newHeader: "", hunks: [hunk] };
}

const UNENDED = "\\ No newline at end of file";

/** As a patch says that the last one does not end. */
function linesOf(text: string): { readonly lines: readonly string[]; readonly count: number } {
  const lines = text.split("\n");
  if (lines.at(-1) === "") return { lines: lines.slice(0, -1), count: lines.length - 1 };
  return { lines: [...lines, UNENDED], count: lines.length };
}

function signed(sign: "-" | "+"): (line: string) => string {
  return (line) => (line === UNENDED ? line : sign + line);
}
