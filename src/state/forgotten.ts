import { literal } from "../plugin/relation.js";

/**
 * Who was forgotten, as a Parquet file: `hash` VARCHAR (keyed, hex) and `at`
 * TIMESTAMP. One SELECT; `path` undefined when nobody was.
 */
export function forgottenViewSql(path: string | undefined): string {
  return path === undefined
    ? "SELECT NULL::VARCHAR AS hash, NULL::TIMESTAMP AS at WHERE false"
    : `SELECT hash, at FROM read_parquet(${literal(path)})`;
}

/** Writes the known ones and these as a file, sorted; who is known keeps the first time. One statement. */
export function writeForgottenSql(
  known: string | undefined,
  hashes: readonly string[],
  at: string,
  path: string,
): string {
  const time = `${literal(at)}::TIMESTAMPTZ AT TIME ZONE 'UTC'`;
  return (
    `COPY (SELECT hash, min(at) AS at FROM (${forgottenViewSql(known)} ` +
    `UNION ALL SELECT unnest([${hashes.map(literal).join(", ")}]::VARCHAR[]) AS hash, ${time} AS at) ` +
    `GROUP BY hash ORDER BY hash) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}
