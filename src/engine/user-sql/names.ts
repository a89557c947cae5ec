import { distance } from "fastest-levenshtein";
import { foldName } from "../../model/fold-name.js";
import { mayBeValue, shownName } from "../../model/words/column-name.js";
import { maskAddresses } from "../../platform/secrets/mask-addresses.js";
import type { Stretch } from "./sql-fault.js";

const TOKENS = /'(?:[^']|'')*'|"((?:[^"]|"")*)"|([\p{L}_][\p{L}\p{N}_$]*)|--[^\n]*|\/\*[\s\S]*?\*\//gu;

/** The names in a piece of SQL, quoted or not, without what is in texts and comments. */
export function findNames(sql: string): string[] {
  return [...sql.matchAll(TOKENS)].flatMap(([, quoted, bare]) => {
    const name = quoted === undefined ? bare : quoted.replaceAll('""', '"');
    return name === undefined || name === "" ? [] : [name];
  });
}

/** Where a name is in a piece of SQL, quoted or not. */
export function findName(sql: string, name: string): Stretch | undefined {
  const found = [...sql.matchAll(TOKENS)].find(
    ([, quoted, bare]) => foldName(quoted?.replaceAll('""', '"') ?? bare ?? "") === foldName(name),
  );
  return found && { start: found.index, end: found.index + found[0].length };
}

/**
 * The column names of a source that may be told in a message: all, or none
 * when one looks like a value. A file without a header gives its first person
 * for the names.
 */
export function tellableNames(names: readonly string[]): readonly string[] {
  return names.some(mayBeValue) ? [] : names;
}

/** Whether one of two names may be meant by the other: nearly the same letters, whatever stands between them. */
export function isNearlySame(one: string, other: string): boolean {
  const [short = "", long = ""] = [one, other]
    .map((name) => foldName(name).replaceAll(/[^\p{L}\p{N}]/gu, ""))
    .sort((a, b) => a.length - b.length);
  if (short.length >= SHORTEST_PART && long.includes(short)) return true;
  return long.length <= LONGEST_WORD && distance(short, long) <= Math.ceil(short.length * 0.4);
}

const SHORTEST_PART = 3;
/** The time it takes to compare two words grows with the product of their lengths. */
const LONGEST_WORD = 100;

/** What is told of a column that a source does not have, given those of its own that may be told. */
export function explainLackingColumn(
  source: string,
  column: string,
  told: readonly string[],
): { readonly message: string; readonly hint: string } {
  return {
    message: `Source "${source}" has no column "${shownName(column)}".`,
    hint: describeColumns(told),
  };
}

/** "Its columns are …", of those that may be told. */
export function describeColumns(told: readonly string[]): string {
  return told.length === 0
    ? "Its columns are not shown: they may be a person's values rather than a header."
    : `Its columns are ${told.map(shownName).join(", ")}.`;
}

/** Names that may appear in messages, to be looked up by what the engine calls them. */
export class KnownNames {
  readonly #names: ReadonlyMap<string, string>;

  constructor(names: Iterable<string>) {
    this.#names = new Map([...names].map((name) => [foldName(name), name]));
  }

  /** Our copy of a name; undefined when nobody wrote it. */
  known(name: string | undefined): string | undefined {
    return name === undefined ? undefined : this.#names.get(foldName(name));
  }

  /** Our copy of a name in quotes; undefined when nobody wrote it. */
  quoted(name: string | undefined): string | undefined {
    const known = this.known(name);
    return known === undefined ? undefined : `"${shownName(maskAddresses(known))}"`;
  }
}
