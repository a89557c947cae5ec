import { shownName } from "../model/words/column-name.js";
import { counted } from "../model/words/counted.js";
import { foldName } from "../model/fold-name.js";

/** What the columns of a file are called. */
export interface Columns {
  readonly names: readonly string[];
  /** Those of them that only some of its rows have: JSON may leave out what is empty. */
  readonly sometimes?: readonly string[];
}

/** The columns of one file of a source. */
export interface FileColumns extends Columns {
  readonly path: string;
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

/**
 * The first file whose columns, in whatever order, are not those that most of
 * the files have. A column without a name, such as what follows a last
 * delimiter, is nothing that anybody names.
 */
export function findOddFile(files: readonly FileColumns[]): OddFile | undefined {
  const sometimes = new Set(files.flatMap((file) => (file.sometimes ?? []).map(foldName)));
  const named = files.map(({ path, names }) => ({
    path,
    names: new Map(names.map((name) => [foldName(name), name])),
  }));
  for (const { names } of named) names.delete("");
  const always = named.map(({ path, names }) => ({
    path,
    names: new Map([...names].filter(([name]) => !sometimes.has(name))),
  }));
  return findUnlikeMost(always) ?? findRenamed(named);
}

/** A file with its names, by the names as they are compared. */
interface NamedColumns {
  readonly path: string;
  readonly names: ReadonlyMap<string, string>;
}

function findUnlikeMost(files: readonly NamedColumns[]): OddFile | undefined {
  const groups = new Map<string, NamedColumns[]>();
  for (const file of files) {
    const key = JSON.stringify([...file.names.keys()].sort());
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  // Of groups of one size, that of the first file.
  const [usual, ...odd] = [...groups.values()].sort((one, other) => other.length - one.length);
  const [reference] = usual ?? [];
  const [first] = odd.flat().sort((one, other) => files.indexOf(one) - files.indexOf(other));
  return reference && first && oddFile(first, reference);
}

/** What only some rows have may be missing in a file, but not where the file alone has another name as well. */
function findRenamed(files: readonly NamedColumns[]): OddFile | undefined {
  const counts = new Map<string, number>();
  for (const name of files.flatMap(({ names }) => [...names.keys()]))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const elsewhere = [...counts].flatMap(([name, count]) => (count === files.length - 1 ? [name] : []));
  const odd = files.find(
    ({ names }) =>
      elsewhere.some((name) => !names.has(name)) && [...names.keys()].some((name) => counts.get(name) === 1),
  );
  const other = files.find((file) => file !== odd);
  return odd && other && oddFile(odd, other);
}

function oddFile(odd: NamedColumns, other: NamedColumns): OddFile {
  const without = (names: NamedColumns["names"], known: NamedColumns["names"]): string[] =>
    [...names].flatMap(([key, name]) => (known.has(key) ? [] : [name]));
  return {
    path: odd.path,
    other: other.path,
    missing: without(other.names, odd.names),
    more: without(odd.names, other.names),
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
export function findRepeatedNames(names: readonly string[]): string[] {
  const counts = new Map<string, string[]>();
  for (const name of names.filter((one) => one !== ""))
    counts.set(foldName(name), [...(counts.get(foldName(name)) ?? []), name]);
  return [...counts.values()].flatMap(([first, ...more]) =>
    first !== undefined && more.length > 0 ? [first] : [],
  );
}
