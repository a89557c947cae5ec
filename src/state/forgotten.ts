import { literal } from "../plugin/relation.js";

/**
 * Who was forgotten, as a Parquet file: `hash` VARCHAR (keyed, hex) and
 * `forgotten_at` TIMESTAMP. One SELECT; `path` undefined when nobody was.
 */
export function forgottenViewSql(path: string | undefined): string {
  return path === undefined
    ? "SELECT NULL::VARCHAR AS hash, NULL::TIMESTAMP AS forgotten_at WHERE false"
    : `SELECT hash, forgotten_at FROM read_parquet(${literal(path)})`;
}

/** Writes the known ones and these as a file, sorted; who is known keeps the first time. One statement. */
export function writeForgottenSql(
  known: string | undefined,
  hashes: readonly string[],
  time: string,
  path: string,
): string {
  return (
    `COPY (SELECT hash, min(forgotten_at) AS forgotten_at FROM (${forgottenViewSql(known)} ` +
    `UNION ALL SELECT unnest([${hashes.map(literal).join(", ")}]::VARCHAR[]), ${literal(time)}::TIMESTAMPTZ AT TIME ZONE 'UTC') ` +
    `GROUP BY hash ORDER BY hash) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}
