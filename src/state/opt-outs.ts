import { literal } from "../plugin/relation.js";

/**
 * Who opted out at the destination, as a Parquet file an account:
 * `key` VARCHAR, `list_id` VARCHAR (NULL = everywhere), `reason` VARCHAR,
 * `seen_at` TIMESTAMP (when this opt-out was first read). One SELECT;
 * `path` undefined when nothing was ever read.
 */
export function optOutsViewSql(path: string | undefined): string {
  return path === undefined
    ? "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS list_id, NULL::VARCHAR AS reason, NULL::TIMESTAMP AS seen_at WHERE false"
    : `SELECT key, list_id, reason, seen_at FROM read_parquet(${literal(path)})`;
}

export interface OptOutsMerge {
  /** Local copy of what was known; undefined for the first read. */
  readonly known: string | undefined;
  /** SELECT with `key`, `list_id`, `reason`: who is opted out now among those who were read. */
  readonly read: string;
  /** SELECT with `key`: everyone who was read; undefined when all were, so that the read replaces what was known. */
  readonly seen: string | undefined;
  /** ISO time of this read. */
  readonly at: string;
}

/**
 * What is known after a read. Someone who was read and is not opted out any
 * more is dropped; whoever was not read stays; a known opt-out keeps its time.
 * One SELECT.
 */
export function optOutsMergeSql({ known, read, seen, at }: OptOutsMerge): string {
  const kept =
    seen === undefined
      ? ""
      : " UNION ALL SELECT key, list_id, reason, seen_at FROM known ANTI JOIN (SELECT key FROM fresh UNION ALL SELECT key FROM seen) USING (key)";
  return (
    `WITH known AS MATERIALIZED (${optOutsViewSql(known)}), ` +
    `fresh AS MATERIALIZED (SELECT key::VARCHAR AS key, list_id::VARCHAR AS list_id, min(reason::VARCHAR) AS reason FROM (${read}) WHERE key IS NOT NULL GROUP BY ALL)` +
    (seen === undefined ? "" : `, seen AS MATERIALIZED (SELECT key::VARCHAR AS key FROM (${seen}))`) +
    ` SELECT f.key, f.list_id, f.reason, coalesce(k.seen_at, ${literal(at)}::TIMESTAMPTZ AT TIME ZONE 'UTC') AS seen_at` +
    ` FROM fresh f LEFT JOIN known k ON k.key = f.key AND k.list_id IS NOT DISTINCT FROM f.list_id${kept}`
  );
}

/** Writes the merged opt-outs as a file, sorted; one statement. */
export function writeOptOutsSql(select: string, path: string): string {
  return (
    `COPY (SELECT key, list_id, reason, seen_at FROM (${select}) ORDER BY key, list_id) TO ${literal(path)} ` +
    `(FORMAT parquet, COMPRESSION zstd)`
  );
}
