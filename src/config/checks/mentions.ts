import type { Segment } from "../../model/segment.js";

/** The words of a segment's SQL, in lower case; a name that is not among them cannot be meant. */
export function wordsInSql({ from }: Segment): ReadonlySet<string> {
  return new Set(
    from.kind === "sql" ? (from.sql.toLowerCase().match(/[a-z][a-z0-9_-]*/g) ?? []).flatMap(parts) : [],
  );
}

/** Unquoted, `a-b` is a difference of two names; quoted, it is one. */
function parts(word: string): string[] {
  return [word, ...word.split("-")];
}
