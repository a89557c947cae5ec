import { join } from "node:path";
import { CHANGE_SET_FILE } from "../engine/engine.js";
import { countActions } from "../reconcile/changes/measure.js";
import { tooRecentSql } from "../reconcile/lag.js";
import { payloadsSql } from "../reconcile/payloads/payloads.js";
import { literal } from "../plugin/relation.js";
import { readMembers } from "./evaluate.js";
import type { Beside, EvaluatedExport, Payloads } from "./prepared.js";
import { rewritePayloads } from "./rewrite-payloads.js";
import type { Session } from "../run/run.js";

/** Builds what would be sent, without people who left the list behind our back. */
export async function buildPayloads(
  session: Session,
  evaluated: EvaluatedExport,
  beside: Beside,
): Promise<Payloads> {
  const path = await writePayloads(session, evaluated, beside);
  return withoutThoseWhoLeft(session, evaluated, beside.claims, path);
}

/** Builds what would be sent as a local file. */
export async function writePayloads(
  { engine, scratch }: Session,
  evaluated: EvaluatedExport,
  { sharedPhones }: Pick<Beside, "sharedPhones">,
): Promise<string> {
  const { prefix, wanted, program, codec } = evaluated;
  const path = join(scratch, `${prefix}-payloads.parquet`);
  const sql = payloadsSql(wanted.name, program, codec, {
    changes: evaluated.changes,
    profiles: evaluated.tables.profiles,
    sharedPhones,
    observed: evaluated.observed?.table,
  });
  await engine.writeParquet(sql, path, CHANGE_SET_FILE);
  return path;
}

/** Takes people out of a payload file who left the list behind our back, where the route needs to know. */
export async function withoutThoseWhoLeft(
  session: Session,
  evaluated: EvaluatedExport,
  claims: string,
  path: string,
): Promise<Payloads> {
  const { engine } = session;
  const { wanted, codec, list } = evaluated;
  const actions = await countActions(engine, path);
  const updates = actions
    .filter(({ action }) => action === "update")
    .reduce((sum, { rows }) => sum + rows, 0);
  if (updates === 0 || list === undefined || !codec.route("update", updates).needsMembers)
    return { path, actions, drifted: undefined };
  // A first run's list was read a moment ago, and what it claims is not recorded yet.
  const readAt = evaluated.observed?.whole === true ? session.clock : new Date();
  const observed =
    evaluated.observed?.whole === true
      ? evaluated.observed.table
      : await readMembers(session, evaluated, list.id, false);
  const missing = await whoIsMissing(session, evaluated, claims, { observed, readAt });
  const drifted = await engine.count(
    `SELECT count(*) FROM ${missing} WHERE status = 'member' AND NOT recent`,
  );
  const subscribed = `SELECT key FROM ${observed} WHERE opted_out IS NULL`;
  const off = `SELECT count(*) FROM read_parquet(${literal(path)}) WHERE action = 'update' AND key NOT IN (${subscribed})`;
  if ((await engine.count(off)) === 0) return { path, actions, drifted };
  await keepOff(session, path, { missing, subscribed, restores: wanted.drift.removed === "restore" });
  return { path, actions: await countActions(engine, path), drifted };
}

/**
 * Whom the export claims, who is not on the list and did not opt out, as a
 * table of `key`, `status` and `recent` (we wrote about them so lately that the
 * list need not show them yet).
 */
async function whoIsMissing(
  { engine }: Session,
  { prefix, wanted, tables, open }: EvaluatedExport,
  claims: string,
  { observed, readAt }: { readonly observed: string; readonly readAt: Date },
): Promise<string> {
  const table = `${prefix}_missing`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT c.key, c.status, ${tooRecentSql("c", readAt, open.plugin.capabilities.lagSeconds)} AS recent
     FROM ${claims} AS c ANTI JOIN ${observed} AS o ON o.key = c.key
     ANTI JOIN (SELECT key FROM ${tables.held} WHERE reason = 'opted out') AS h ON h.key = c.key
     WHERE c.export = ${literal(wanted.name)}`,
  );
  return table;
}

/**
 * An update must not bring anybody back onto a list, so people no longer on it,
 * or unsubscribed there, are held back. Whom somebody took off is added again
 * where the export says so; about whom nothing can be told yet, nothing is done.
 */
async function keepOff(
  { engine }: Session,
  path: string,
  {
    missing,
    subscribed,
    restores,
  }: { readonly missing: string; readonly subscribed: string; readonly restores: boolean },
): Promise<void> {
  const off = restores ? "'add'" : "'gone'";
  await rewritePayloads(
    engine,
    path,
    `SELECT p.* REPLACE (
       CASE WHEN p.action <> 'update' OR o.key IS NOT NULL THEN p.action
         WHEN m.recent THEN 'waiting' WHEN m.key IS NOT NULL THEN ${off} ELSE 'gone' END AS action,
       CASE WHEN p.action = 'update' AND o.key IS NULL AND ${restores} AND NOT m.recent THEN 'drift' ELSE p.cause END AS cause)
     FROM read_parquet(${literal(path)}) AS p
     LEFT JOIN (${subscribed}) AS o ON o.key = p.key
     LEFT JOIN ${missing} AS m ON m.key = p.key`,
  );
}
