import { literal } from "../plugin/relation.js";

/**
 * Who was forgotten, as a Parquet file: `hash` VARCHAR (keyed, hex), `person`
 * BOOLEAN (of an id that `match.id` gave, else of an address), `forgotten_at`
 * TIMESTAMP and `older` BOOLEAN (the id's hash is of an older version). One
 * SELECT; `path` undefined when nobody was.
 */
export function forgottenViewSql(path: string | undefined): string {
  return path === undefined
    ? NOBODY
    : // Older files do not say it.
      `SELECT hash, person, forgotten_at, coalesce(older, person) AS older FROM (${NOBODY} UNION ALL BY NAME SELECT * FROM read_parquet(${literal(path)}))`;
}

const NOBODY =
  "SELECT NULL::VARCHAR AS hash, NULL::BOOLEAN AS person, NULL::TIMESTAMP AS forgotten_at, NULL::BOOLEAN AS older WHERE false";

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
    `SELECT unnest([${hashes.map(literal).join(", ")}]::VARCHAR[]), ${person}, ${time}, ${older}`;
  return (
    `COPY (SELECT hash, person, min(forgotten_at) AS forgotten_at, bool_or(older) AS older FROM (${forgottenViewSql(known)} ` +
    `UNION ALL ${rows(added.addresses, false)} UNION ALL ${rows(added.persons, true)} UNION ALL ${rows(added.olderPersons, true, true)}) ` +
    `GROUP BY hash, person ORDER BY hash) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}
