import { literal } from "../plugin/relation.js";

/**
 * Who was forgotten, as a Parquet file: `hash` VARCHAR (keyed, hex), `person`
 * BOOLEAN (of an id that `match.id` gave, else of an address) and
 * `forgotten_at` TIMESTAMP. One SELECT; `path` undefined when nobody was.
 */
export function forgottenViewSql(path: string | undefined): string {
  return path === undefined
    ? "SELECT NULL::VARCHAR AS hash, NULL::BOOLEAN AS person, NULL::TIMESTAMP AS forgotten_at WHERE false"
    : `SELECT hash, person, forgotten_at FROM read_parquet(${literal(path)})`;
}

export interface NewlyForgotten {
  /** Hashes of addresses. */
  readonly addresses: readonly string[];
  /** Hashes of ids. */
  readonly persons: readonly string[];
  /** ISO. */
  readonly at: string;
}

/** Writes the known ones and these as a file, sorted; who is known keeps the first time. One statement. */
export function writeForgottenSql(known: string | undefined, added: NewlyForgotten, path: string): string {
  const time = `${literal(added.at)}::TIMESTAMPTZ AT TIME ZONE 'UTC'`;
  const rows = (hashes: readonly string[], person: boolean): string =>
    `SELECT unnest([${hashes.map(literal).join(", ")}]::VARCHAR[]), ${person}, ${time}`;
  return (
    `COPY (SELECT hash, person, min(forgotten_at) AS forgotten_at FROM (${forgottenViewSql(known)} ` +
    `UNION ALL ${rows(added.addresses, false)} UNION ALL ${rows(added.persons, true)}) ` +
    `GROUP BY ALL ORDER BY hash) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}
