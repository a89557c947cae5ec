import type { Segment } from "../../model/config/segment.js";

/** The words of a segment's SQL, in lower case; a name that is not among them cannot be meant. */
export function wordsOfSql({ from }: Segment): ReadonlySet<string> {
  return new Set(
    from.kind === "sql" ? (from.sql.toLowerCase().match(/[a-z][a-z0-9_-]*/g) ?? []).flatMap(parts) : [],
  );
}

/** Unquoted, `a-b` is a difference of two names; quoted, it is one. */
function parts(word: string): string[] {
  return [word, ...word.split("-")];
}

/** Which of these things a segment's SQL may name. */
export function findMentioned(segment: Segment, things: ReadonlyMap<string, unknown>): string[] {
  const names = indexes.get(things) ?? byLowerCase(things);
  indexes.set(things, names);
  return [...wordsOfSql(segment)].flatMap((word) => names.get(word) ?? []);
}

/** Looked through once for a config, and not once for each of its exports or segments. */
const indexes = new WeakMap<ReadonlyMap<string, unknown>, ReadonlyMap<string, string>>();

function byLowerCase(things: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> {
  return new Map([...things.keys()].map((name) => [name.toLowerCase(), name]));
}
