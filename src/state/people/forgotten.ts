import { literal } from "../../plugin/relation.js";

/**
 * Who was forgotten, as a Parquet file: `hash` VARCHAR (keyed, hex), `person`
 * BOOLEAN (of an id that `match.id` gave, else of an address), `forgotten_at`
 * TIMESTAMP, `older` BOOLEAN (the id's hash is of an older version) and `doubt`
 * BOOLEAN (held back because this may be somebody who was forgotten under a key that is lost). One
 * SELECT; `path` undefined when nobody was.
 */
export function forgottenViewSql(path: string | undefined): string {
  return path === undefined
    ? NOBODY
    : // Older files do not say it.
      `SELECT hash, person, forgotten_at, coalesce(older, person) AS older, coalesce(doubt, false) AS doubt FROM (${NOBODY} UNION ALL BY NAME SELECT * FROM read_parquet(${literal(path)}))`;
}

const NOBODY =
  "SELECT NULL::VARCHAR AS hash, NULL::BOOLEAN AS person, NULL::TIMESTAMP AS forgotten_at, NULL::BOOLEAN AS older, NULL::BOOLEAN AS doubt WHERE false";

export interface NewlyForgotten {
  /** Hashes of addresses. */
  readonly addresses: readonly string[];
  /** Hashes of ids, and of those that an older version hashed. */
  readonly persons: readonly string[];
  readonly olderPersons: readonly string[];
  /** ISO. */
  readonly at: string;
}

/** Writes the known ones and these as a file, sorted; who is known keeps the first time. One statement. */
export function writeForgottenSql(known: string | undefined, added: NewlyForgotten, path: string): string {
  const time = `${literal(added.at)}::TIMESTAMPTZ AT TIME ZONE 'UTC'`;
  const rows = (hashes: readonly string[], person: boolean, older = false): string =>
    `SELECT unnest([${hashes.map(literal).join(", ")}]::VARCHAR[]), ${person}, ${time}, ${older}, false`;
  return (
    `COPY (SELECT hash, person, min(forgotten_at) AS forgotten_at, bool_or(older) AS older, bool_and(doubt) AS doubt FROM (${forgottenViewSql(known)} ` +
    `UNION ALL ${rows(added.addresses, false)} UNION ALL ${rows(added.persons, true)} UNION ALL ${rows(added.olderPersons, true, true)}) ` +
    `GROUP BY hash, person ORDER BY hash) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}

/**
 * Writes those who are known to have been forgotten and those of whom it is in doubt, from SELECTs of `hash`, and whom
 * `kept` (as `forgottenViewSql`) has beside them. One statement.
 */
export function writeReplacedSql(
  { named, doubted, kept }: { readonly named: string; readonly doubted: string; readonly kept: string },
  at: string,
  path: string,
): string {
  const rows = (hashes: string, doubt: boolean): string =>
    `SELECT DISTINCT hash, false AS person, ${literal(at)}::TIMESTAMPTZ AT TIME ZONE 'UTC' AS forgotten_at, false AS older, ${doubt} AS doubt FROM (${hashes})`;
  return (
    `COPY (SELECT hash, person, min(forgotten_at) AS forgotten_at, bool_or(older) AS older, bool_and(doubt) AS doubt ` +
    `FROM (${rows(named, false)} UNION ALL ${rows(doubted, true)} UNION ALL BY NAME ${kept}) GROUP BY hash, person ORDER BY hash) ` +
    `TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}
