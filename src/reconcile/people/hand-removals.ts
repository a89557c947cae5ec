import { statusInSql, SURELY_ON_LIST } from "../claim-status.js";
import { literal } from "../../plugin/relation.js";
import type { Engine } from "../../engine/engine.js";
import { tooRecentSql } from "../too-recent.js";

/** Whom somebody else took off a list of ours. */
export interface HandRemovals {
  /** Table `key`, `list_id`, `seen_at` of those who were not seen on that list since. */
  readonly removed: string;
  /** Table `key`, `list_id` of those who were seen there again in this run. */
  readonly returned: string;
}

/**
 * Makes the tables of what is known: a SELECT in these columns, and the claims
 * that say so. A claim goes on saying it until it says something else.
 */
export async function createHandRemovals(
  engine: Engine,
  prefix: string,
  known: string,
  claims: string,
): Promise<HandRemovals> {
  const tables = { removed: `${prefix}_hand_removed`, returned: `${prefix}_returned` };
  await engine.run(
    `CREATE OR REPLACE TABLE ${tables.removed} AS SELECT key, list_id, min(seen_at) AS seen_at FROM (
       ${known} UNION ALL SELECT key, list_id, changed_at FROM (${claims}) WHERE ${statusInSql(["gone"])}) GROUP BY ALL`,
  );
  await engine.run(`CREATE OR REPLACE TABLE ${tables.returned} (key VARCHAR, list_id VARCHAR)`);
  return tables;
}

/** Adds a SELECT of `key`, `list_id`, of whom a read that began then has shown that they are off the list. */
export async function noteHandRemovals(
  engine: Engine,
  { removed }: HandRemovals,
  select: string,
  readAt: Date,
): Promise<void> {
  await engine.run(
    `INSERT INTO ${removed} SELECT DISTINCT key, list_id, ${timestamp(readAt)} FROM (${select}) ANTI JOIN ${removed} AS known USING (key, list_id)`,
  );
}

/**
 * Ends those of a SELECT of `key`, `list_id`, who is on which list by a read
 * that began then. What was found out so recently that the read need not show
 * it stands.
 */
export async function endHandRemovalsOfSeen(
  engine: Engine,
  { removed, returned }: HandRemovals,
  seen: string,
  { readAt, lagSeconds }: { readonly readAt: Date; readonly lagSeconds: number },
): Promise<void> {
  if ((await engine.count(`SELECT count(*) FROM ${removed}`)) === 0) return;
  const before = timestamp(new Date(readAt.getTime() - lagSeconds * 1000));
  await engine.run(
    `INSERT INTO ${returned} SELECT key, list_id FROM ${removed} SEMI JOIN (${seen}) AS s USING (key, list_id) WHERE seen_at < ${before}`,
  );
  await end(engine, removed, `SELECT key, list_id FROM ${returned}`);
}

/** Ends those whom we put back ourselves, as an export asks for. */
export function endHandRemovalsOfAdded(
  engine: Engine,
  { removed }: HandRemovals,
  added: string,
): Promise<void> {
  return end(engine, removed, added);
}

function end(engine: Engine, removed: string, ended: string): Promise<void> {
  return engine.run(`DELETE FROM ${removed} WHERE (key, list_id) IN (${ended})`);
}

/** Condition over ledger rows `alias`: they were on the list as far as we know, so that whoever is not has been taken off by somebody else. */
export function wasOnListSql(alias: string, readAt: Date, lagSeconds: number): string {
  return `(${isOnListSql(alias)} AND NOT ${tooRecentSql(alias, readAt, lagSeconds)})`;
}

/** The same however lately we wrote about them, so that a list need not show it yet. */
export function isOnListSql(alias: string): string {
  return `(${statusInSql(SURELY_ON_LIST, alias)} OR (${alias}.status = 'rejected' AND (${alias}.delivered_hash IS NOT NULL OR ${alias}.origin <> 'added'))
    OR (${alias}.status = 'unknown' AND ${alias}.reason = 'update'))`;
}

function timestamp(time: Date): string {
  return `CAST(${literal(time.toISOString())} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
}
