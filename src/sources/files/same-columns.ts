import { shownName } from "../../model/column-name.js";
import { counted } from "../../model/counted.js";

/** The columns of one file of a source. */
export interface FileColumns {
  readonly path: string;
  readonly names: readonly string[];
}

/** One file whose columns are not those of the others. */
export interface OddFile {
  readonly path: string;
  /** One of the others. */
  readonly other: string;
  /** Names as they are compared. */
  readonly missing: readonly string[];
  readonly more: readonly string[];
}

/** As the engine compares names: letters of ASCII alone have two cases there. */
export function folded(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The first file whose columns, in whatever order, are not those that most of the files have. */
export function findOddFile(files: readonly FileColumns[]): OddFile | undefined {
  const groups = new Map<string, FileColumns[]>();
  for (const file of files) {
    const key = JSON.stringify([...new Set(file.names.map(folded))].sort());
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  // Of groups of one size, that of the first file.
  const [usual, ...odd] = [...groups.values()].sort((one, other) => other.length - one.length);
  const [reference] = usual ?? [];
  const [first] = odd.flat().sort((one, other) => files.indexOf(one) - files.indexOf(other));
  if (reference === undefined || first === undefined) return undefined;
  const without = (names: readonly string[], others: readonly string[]): string[] => {
    const known = new Set(others.map(folded));
    return names.filter((name) => !known.has(folded(name)));
  };
  return {
    path: first.path,
    other: reference.path,
    missing: without(reference.names, first.names),
    more: without(first.names, reference.names),
  };
}

/** How a message says in what columns differ, with the names that may be told. */
export function differenceInWords(
  { missing, more }: Pick<OddFile, "missing" | "more">,
  told: (names: readonly string[]) => readonly string[],
): string {
  return [
    ...(missing.length > 0 ? [`lacks ${columnsInWords(told(missing), missing.length)}`] : []),
    ...(more.length > 0 ? [`adds ${columnsInWords(told(more), more.length)}`] : []),
  ].join(" and ");
}

const MOST_NAMED = 5;

function columnsInWords(told: readonly string[], count: number): string {
  const shown = told.slice(0, MOST_NAMED).map((name) => `"${shownName(name)}"`);
  if (shown.length === 0) return counted(count, "column");
  return `${shown.join(", ")}${count > shown.length ? ` and ${count - shown.length} more` : ""}`;
}

/** Names that more than one column has, as they are first written. */
export function repeatedNames(names: readonly string[]): string[] {
  const counts = new Map<string, string[]>();
  for (const name of names.filter((one) => one !== ""))
    counts.set(folded(name), [...(counts.get(folded(name)) ?? []), name]);
  return [...counts.values()].flatMap(([first, ...more]) =>
    first !== undefined && more.length > 0 ? [first] : [],
  );
}
