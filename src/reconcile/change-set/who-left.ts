import type { Engine } from "../../engine/engine.js";
import { literal } from "../../plugin/relation.js";
import { actionInSql } from "../action.js";
import { statusInSql } from "../claim-status.js";
import { tooRecentSql } from "../too-recent.js";
import { changesSql, rewriteChangeSet, type ChangeSetFile } from "./change-set.js";

/** A list as it was read. */
export interface ReadList {
  /** Table `key`, `opted_out`. */
  readonly observed: string;
  readonly readAt: Date;
  /** How long the destination may take to show what was written. */
  readonly lagSeconds: number;
}

/**
 * Table `key`, `status` and `recent` (we wrote about them so lately that the
 * list need not show them yet) of those whom an export claims, and who are not
 * on its list and did not opt out.
 */
export async function createMissing(
  engine: Engine,
  table: string,
  {
    exportName,
    claims,
    held,
  }: { readonly exportName: string; readonly claims: string; readonly held: string },
  { observed, readAt, lagSeconds }: ReadList,
): Promise<void> {
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT c.key, c.status, ${tooRecentSql("c", readAt, lagSeconds)} AS recent
     FROM ${claims} AS c ANTI JOIN ${observed} AS o ON o.key = c.key
     ANTI JOIN (SELECT key FROM ${held} WHERE reason = 'opted out') AS h ON h.key = c.key
     WHERE c.export = ${literal(exportName)}`,
  );
}

/** How many of those who are missing somebody else took off the list. */
export function countTakenOff(engine: Engine, missing: string): Promise<number> {
  return engine.count(`SELECT count(*) FROM ${missing} WHERE ${statusInSql(["member"])} AND NOT recent`);
}

/**
 * An update must not bring anybody back onto a list, so people no longer on it,
 * or unsubscribed there, are held back. Whom somebody took off is added again
 * where the export `restores` them; about whom nothing can be told yet, nothing
 * is done. True when that concerns anybody.
 */
export async function holdBackWhoLeft(
  engine: Engine,
  file: ChangeSetFile,
  {
    missing,
    observed,
    restores,
  }: { readonly missing: string; readonly observed: string; readonly restores: boolean },
): Promise<boolean> {
  const subscribed = `SELECT key FROM ${observed} WHERE opted_out IS NULL`;
  const update = actionInSql(["update"]);
  const off = `SELECT count(*) FROM ${changesSql(file)} WHERE ${update} AND key NOT IN (${subscribed})`;
  if ((await engine.count(off)) === 0) return false;
  await rewriteChangeSet(
    engine,
    file,
    `SELECT p.* REPLACE (
       CASE WHEN NOT ${actionInSql(["update"], "p")} OR o.key IS NOT NULL THEN p.action
         WHEN m.recent THEN 'waiting' WHEN m.key IS NOT NULL THEN '${restores ? "add" : "gone"}' ELSE 'gone' END AS action,
       CASE WHEN ${actionInSql(["update"], "p")} AND o.key IS NULL AND ${restores} AND NOT m.recent THEN 'drift' ELSE p.cause END AS cause)
     FROM ${changesSql(file)} AS p
     LEFT JOIN (${subscribed}) AS o ON o.key = p.key
     LEFT JOIN ${missing} AS m ON m.key = p.key`,
  );
  return true;
}
