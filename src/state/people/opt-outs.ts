import { oldestRemembered } from "../../model/believed-time.js";
import { WRITTEN_OTHERWISE } from "../../model/words/written-otherwise.js";
import type { OptOutPlace } from "../../plugin/destination.js";
import { literal } from "../../plugin/relation.js";

/** The reason of a row that is not an opt-out: somebody else took the address off this list. Versions that do not know it hold back as well. */
const TAKEN_OFF = "taken off by hand";
/** Begins the reason of a row with `person` that an export knows so; its name follows. */
const KNOWN_TO = "known to ";

/**
 * Who opted out at the destination, as a Parquet file an account:
 * `key` VARCHAR, `list_id` VARCHAR (NULL = everywhere), `reason` VARCHAR (a row
 * for each place, which list and reason name), `seen_at` TIMESTAMP (when this
 * opt-out was first read). One SELECT; `path` undefined when nothing was ever read.
 *
 * The same file keeps who was taken off a list by hand (`handRemovalsViewSql`),
 * and rows with `person`: addresses of people who opted out, were taken off or
 * left us (`addressesViewSql`), or are by an export (`sharedAddressesViewSql`).
 * None of these are opt-outs.
 */
export function optOutsViewSql(path: string | undefined): string {
  return path === undefined
    ? "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS list_id, NULL::VARCHAR AS reason, NULL::TIMESTAMP AS seen_at WHERE false"
    : `SELECT key, list_id, reason, seen_at FROM read_parquet(${literal(path)}) WHERE person IS NULL AND reason IS DISTINCT FROM ${literal(TAKEN_OFF)}`;
}

/** `key`, `list_id`, `seen_at` of addresses that somebody else took off a list of ours. One SELECT. */
export function handRemovalsViewSql(path: string | undefined): string {
  return path === undefined
    ? "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS list_id, NULL::TIMESTAMP AS seen_at WHERE false"
    : `SELECT key, list_id, seen_at FROM read_parquet(${literal(path)}) WHERE person IS NULL AND reason = ${literal(TAKEN_OFF)}`;
}

/** `export`, `key`, `person` of addresses that the profiles of an export said to be of people who said no. One SELECT. */
export function sharedAddressesViewSql(path: string | undefined): string {
  return path === undefined
    ? "SELECT NULL::VARCHAR AS export, NULL::VARCHAR AS key, NULL::VARCHAR AS person WHERE false"
    : `SELECT substr(reason, ${KNOWN_TO.length + 1}) AS export, key, person FROM read_parquet(${literal(path)}) WHERE person IS NOT NULL AND starts_with(reason, ${literal(KNOWN_TO)})`;
}

/** How long somebody who left us may still click "unsubscribe" in an old mail. */
const KEPT_MS = 365 * 86_400_000;

/**
 * From which time on an address is remembered whose owner left us (ISO). Of
 * what our clock says, what the destination's said in this run, and when the
 * last run read, the earliest counts: a clock that is far ahead must not make
 * everything old at once, and where it is wrong run after run the destination
 * does not agree.
 */
export function rememberedSince(
  readAt: string | undefined,
  { clock, said }: { readonly clock: Date; readonly said?: number | undefined },
): string {
  const now = Math.min(clock.getTime(), said === undefined || Number.isNaN(said) ? Infinity : said);
  return new Date(oldestRemembered(readAt === undefined ? [] : [readAt], now, KEPT_MS)).toISOString();
}

/** `key`, `person`, `seen_at` of addresses that were somebody's. Those who neither opted out nor left since then are dropped. One SELECT. */
export function addressesViewSql(path: string | undefined, since: string): string {
  if (path === undefined)
    return "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS person, NULL::TIMESTAMP AS seen_at WHERE false";
  const rows = `read_parquet(${literal(path)})`;
  return (
    `SELECT key, person, seen_at FROM ${rows} WHERE person IS NOT NULL AND reason IS NULL AND ` +
    `(seen_at > ${literal(since)}::TIMESTAMPTZ AT TIME ZONE 'UTC' OR key IN (SELECT key FROM ${rows} WHERE person IS NULL))`
  );
}

export interface OptOutsMerge {
  /** Local copy of what was known; undefined for the first read. */
  readonly known: string | undefined;
  /** SELECT with `key`, `list_id`, `reason`: who is opted out now among those who were read. */
  readonly read: string;
  /** Places that were read to their end. */
  readonly whole: readonly OptOutPlace[];
  /** SELECT with `key`, `list_ids`: every contact that was read and has that very address, with the lists it is on; undefined when none was. */
  readonly seen: string | undefined;
  /** ISO time of this read. */
  readonly at: string;
}

/**
 * What is known after a read; a known opt-out keeps its time. One SELECT.
 *
 * Somebody whom a read does not name is still opted out: a contact may have
 * been deleted, a list or a place not asked. An opt-out ends only where its
 * place was read to the end without it, or where its contact was seen without
 * it, and, of a list, on that list again: off the list it may be the list that
 * is gone. One that is written otherwise may be that of another contact.
 */
export function optOutsMergeSql({ known, read, whole, seen, at }: OptOutsMerge): string {
  const inWhole = whole.map(atPlaceSql);
  return (
    `WITH known AS MATERIALIZED (${optOutsViewSql(known)}), ` +
    `fresh AS MATERIALIZED (SELECT DISTINCT key::VARCHAR AS key, list_id::VARCHAR AS list_id, reason::VARCHAR AS reason FROM (${read}) WHERE key IS NOT NULL)` +
    (seen === undefined
      ? ""
      : `, seen AS MATERIALIZED (SELECT key::VARCHAR AS key, unnest(list_prepend(NULL, list_ids::VARCHAR[])) AS list_id FROM (${seen}) WHERE key IN (SELECT key FROM known))`) +
    ` SELECT f.key, f.list_id, f.reason, coalesce(k.seen_at, ${literal(at)}::TIMESTAMPTZ AT TIME ZONE 'UTC') AS seen_at` +
    ` FROM fresh f LEFT JOIN known k ON ${sameSql("k", "f")}` +
    ` UNION ALL SELECT key, list_id, reason, seen_at FROM known k` +
    ` WHERE NOT EXISTS (SELECT 1 FROM fresh f WHERE ${sameSql("f", "k")})` +
    (inWhole.length === 0 ? "" : ` AND NOT (${inWhole.join(" OR ")})`) +
    (seen === undefined
      ? ""
      : ` AND NOT EXISTS (SELECT 1 FROM seen s WHERE NOT ends_with(k.reason, ${literal(WRITTEN_OTHERWISE)}) AND s.key = k.key AND s.list_id IS NOT DISTINCT FROM k.list_id)`)
  );
}

/** Whom a merged read (`now`) does not hold any more although they were known in this place. One SELECT, as `optOutsViewSql`. */
export function endedSql(known: string, now: string, place: OptOutPlace): string {
  return (
    `SELECT key, list_id, reason, seen_at FROM (${optOutsViewSql(known)}) AS k WHERE ${atPlaceSql(place)}` +
    ` AND NOT EXISTS (SELECT 1 FROM ${now} AS n WHERE ${sameSql("n", "k")})`
  );
}

export function atPlaceSql({ listId, reason }: OptOutPlace): string {
  return `(list_id IS NOT DISTINCT FROM ${listId === undefined ? "NULL" : literal(listId)} AND reason = ${literal(reason)})`;
}

function sameSql(one: string, other: string): string {
  return `${one}.key = ${other}.key AND ${one}.list_id IS NOT DISTINCT FROM ${other}.list_id AND ${one}.reason = ${other}.reason`;
}

export interface OptOutsFile {
  readonly optOuts: string;
  readonly addresses?: string;
  readonly handRemovals?: string;
  readonly shared?: string;
}

/** Writes opt-outs and what is kept with them (SELECTs in the columns of their views) as a file, sorted; one statement. */
export function writeOptOutsSql(
  { optOuts, addresses, handRemovals, shared }: OptOutsFile,
  path: string,
): string {
  return (
    `COPY (SELECT key, list_id, reason, NULL::VARCHAR AS person, seen_at FROM (${optOuts}) ` +
    `UNION ALL SELECT key, NULL, NULL, person, seen_at FROM (${addresses ?? addressesViewSql(undefined, "")}) ` +
    `UNION ALL SELECT key, list_id, ${literal(TAKEN_OFF)}, NULL, seen_at FROM (${handRemovals ?? handRemovalsViewSql(undefined)}) ` +
    `UNION ALL SELECT key, NULL, ${literal(KNOWN_TO)} || export, person, NULL FROM (${shared ?? sharedAddressesViewSql(undefined)}) ` +
    `ORDER BY key, list_id) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}

/** Writes a file again without the rows of these people (a SELECT with `key`), whatever they say; one statement. */
export function optOutsWithoutSql(known: string, people: string, path: string): string {
  return (
    `COPY (SELECT * FROM read_parquet(${literal(known)}) WHERE key NOT IN (${people}) ORDER BY key, list_id) ` +
    `TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`
  );
}
