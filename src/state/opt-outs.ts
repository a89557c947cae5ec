import { literal } from "../plugin/relation.js";

/**
 * Who opted out at the destination, as a Parquet file an account:
 * `key` VARCHAR, `list_id` VARCHAR (NULL = everywhere), `reason` VARCHAR,
 * `seen_at` TIMESTAMP (when this opt-out was first read). One SELECT;
 * `path` undefined when nothing was ever read.
 *
 * The same file keeps rows with `person`: addresses of people who opted out or
 * left us. They are no opt-outs; see `addressesViewSql`.
 */
export function optOutsViewSql(path: string | undefined): string {
  return path === undefined
    ? "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS list_id, NULL::VARCHAR AS reason, NULL::TIMESTAMP AS seen_at WHERE false"
    : `SELECT key, list_id, reason, seen_at FROM read_parquet(${literal(path)}) WHERE person IS NULL`;
}

/** How long somebody who left us may still click "unsubscribe" in an old mail. */
const KEPT_DAYS = 365;

/** `key`, `person`, `seen_at` of addresses that were somebody's. Those who neither opted out nor left lately are dropped. One SELECT. */
export function addressesViewSql(path: string | undefined, at: string): string {
  if (path === undefined)
    return "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS person, NULL::TIMESTAMP AS seen_at WHERE false";
  const rows = `read_parquet(${literal(path)})`;
  return (
    `SELECT key, person, seen_at FROM ${rows} WHERE person IS NOT NULL AND ` +
    `(seen_at > ${literal(at)}::TIMESTAMPTZ AT TIME ZONE 'UTC' - INTERVAL ${KEPT_DAYS} DAY OR key IN (SELECT key FROM ${rows} WHERE person IS NULL))`
  );
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
    `fresh AS MATERIALIZED (SELECT key::VARCHAR AS key, list_id::VARCHAR AS list_id, coalesce(min(reason::VARCHAR) FILTER (reason <> 'bounced'), min(reason::VARCHAR)) AS reason FROM (${read}) WHERE key IS NOT NULL GROUP BY ALL)` +
    (seen === undefined ? "" : `, seen AS MATERIALIZED (SELECT key::VARCHAR AS key FROM (${seen}))`) +
    ` SELECT f.key, f.list_id, f.reason, coalesce(k.seen_at, ${literal(at)}::TIMESTAMPTZ AT TIME ZONE 'UTC') AS seen_at` +
    ` FROM fresh f LEFT JOIN known k ON k.key = f.key AND k.list_id IS NOT DISTINCT FROM f.list_id${kept}`
  );
}

/** Writes the merged opt-outs and the addresses as a file, sorted; one statement. */
export function writeOptOutsSql(
  select: string,
  path: string,
  addresses = addressesViewSql(undefined, ""),
): string {
  return (
    `COPY (SELECT key, list_id, reason, NULL::VARCHAR AS person, seen_at FROM (${select}) ` +
    `UNION ALL SELECT key, NULL, NULL, person, seen_at FROM (${addresses}) ORDER BY key, list_id) TO ${literal(path)} ` +
    `(FORMAT parquet, COMPRESSION zstd)`
  );
}

/** Writes a file again without the rows of these people (a SELECT with `key`), whatever they say; one statement. */
export function optOutsWithoutSql(known: string, people: string, path: string): string {
  return (
    `COPY (SELECT * FROM read_parquet(${literal(known)}) WHERE key NOT IN (${people}) ORDER BY key, list_id) ` +
    `TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}
