import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { CHANGE_SET_FILE } from "../../engine/engine.js";
import { countActions } from "../../engine/measure.js";
import { payloadsSql } from "../../engine/payloads.js";
import { literal } from "../../plugin/relation.js";
import { readMembers } from "./evaluate.js";
import type { EvaluatedExport } from "./prepared.js";
import type { Session } from "./session.js";
import type { ActionCount } from "../../engine/measure.js";

export interface Payloads {
  readonly path: string;
  readonly actions: readonly ActionCount[];
  /** Recorded members who are not (subscribed) on the list any more; undefined when the list was not read. */
  readonly drifted: number | undefined;
}

/** Builds what would be sent, and takes out people who left the list behind our back where the route needs to know. */
export async function buildPayloads(
  session: Session,
  evaluated: EvaluatedExport,
  claims: string,
  sharedPhones: string | undefined,
): Promise<Payloads> {
  const { engine, scratch } = session;
  const { prefix, wanted, program, codec, list } = evaluated;
  const path = join(scratch, `${prefix}-payloads.parquet`);
  const sql = payloadsSql(wanted.name, program, codec, {
    changes: evaluated.changes,
    profiles: evaluated.tables.profiles,
    sharedPhones,
    observed: evaluated.observed?.table,
  });
  await engine.writeParquet(sql, path, CHANGE_SET_FILE);
  const actions = await countActions(engine, path);
  const updates = actions
    .filter(({ action }) => action === "update")
    .reduce((sum, { rows }) => sum + rows, 0);
  if (updates === 0 || list === undefined || !codec.route("update", updates).needsMembers)
    return { path, actions, drifted: undefined };
  const observed =
    evaluated.observed?.whole === true
      ? evaluated.observed.table
      : await readMembers(session, evaluated, list.id, false);
  const drifted = await engine.count(
    `SELECT count(*) FROM ${claims} AS c ANTI JOIN (SELECT key FROM ${observed} WHERE opted_out IS NULL) AS o USING (key)
     WHERE c.export = ${literal(wanted.name)} AND c.status = 'member'`,
  );
  if (drifted === 0) return { path, actions, drifted };
  await withoutGone(session, path, observed);
  return { path, actions: await countActions(engine, path), drifted };
}

/** An update must not bring anybody back onto a list, so people no longer subscribed on it are held back. */
async function withoutGone({ engine }: Session, path: string, observed: string): Promise<void> {
  const next = `${path}.next`;
  await engine.writeParquet(
    `SELECT p.* REPLACE (CASE WHEN p.action = 'update' AND o.key IS NULL THEN 'gone' ELSE p.action END AS action)
     FROM read_parquet(${literal(path)}) AS p LEFT JOIN (SELECT key FROM ${observed} WHERE opted_out IS NULL) AS o ON o.key = p.key`,
    next,
    CHANGE_SET_FILE,
  );
  await rm(path);
  await rename(next, path);
}
