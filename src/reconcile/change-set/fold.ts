import type { Engine } from "../../engine/engine.js";
import { GONE } from "../../model/plan/change.js";
import { literal } from "../../plugin/relation.js";
import { actionInSql, DELIVERED, RECORD_ENDS, SENT, UNDECIDED, type Action } from "../action.js";
import { STANDING, statusInSql } from "../claim-status.js";
import { numberedChangesSql, type ChangeSetFile } from "./change-set.js";
import { batchesByBucketSql, inBatchSql, type OutcomeTables, type RowOutcome } from "./outcomes.js";

/** The change set of an export, and the list that it is for. */
export interface SentChangeSet extends ChangeSetFile {
  readonly exportName: string;
  readonly listId: string;
}

/** How many rows of each export ended in each way, and what they were. */
export async function countOutcomes(
  engine: Engine,
  changeSets: readonly SentChangeSet[],
  tables: OutcomeTables,
): Promise<{ export: string; action: Action; outcome: RowOutcome; rows: number }[]> {
  return engine.rows(
    `SELECT export, action, outcome, count(*) AS rows FROM (${endedSql(changeSets, tables, "export, action, withdrawn, grp")})
     WHERE outcome NOT IN ('record', 'opted out') GROUP BY ALL`,
  );
}

/**
 * How many of those whom an export adds and updates were rejected so far, those
 * that hold other values than were sent among them: not who is gone, and no
 * removal that was refused.
 */
export async function countRejected(
  engine: Engine,
  tables: OutcomeTables,
  { exportName, path }: Pick<SentChangeSet, "exportName" | "path">,
): Promise<number> {
  return engine.count(
    `SELECT count(*) FROM (
       SELECT row, arg_max(outcome, rowid) AS outcome, arg_max(reason, rowid) AS reason FROM ${tables.rows}
       WHERE export = ${literal(exportName)} GROUP BY row) AS x
     SEMI JOIN (SELECT file_row_number AS row FROM ${numberedChangesSql({ path })}
       WHERE ${actionInSql(DELIVERED)}) AS c ON c.row = x.row
     WHERE x.outcome IN ('rejected', 'differs') AND x.reason IS DISTINCT FROM ${literal(GONE)}`,
  );
}

/** Every row of the change sets with how it ended: `outcome` (`record` for rows that only change the record) and `why`. */
function endedSql(changeSets: readonly SentChangeSet[], tables: OutcomeTables, columns: string): string {
  const rows = changeSets.map(
    ({ path, listId }) =>
      `SELECT ${columns}, file_row_number, ${literal(listId)} AS list_id FROM ${numberedChangesSql({ path })}`,
  );
  return `SELECT r.*, x.reason AS why,
      CASE WHEN ${actionInSql(SENT, "r")} THEN coalesce(x.outcome, o.outcome, 'not sent')
        WHEN r.action = 'unresolved' THEN 'unknown' ELSE 'record' END AS outcome
    FROM (${rows.join(" UNION ALL ")}) AS r
    LEFT JOIN ${batchesByBucketSql(tables)} AS o
      ON ${inBatchSql("r.file_row_number", "o")} AND o.export = r.export AND o.action = r.action AND o.grp = r.grp
      AND o.withdrawn = (r.withdrawn AND r.action = 'remove')
    LEFT JOIN (SELECT export, row, arg_max(outcome, rowid) AS outcome, arg_max(reason, rowid) AS reason FROM ${tables.rows} GROUP BY ALL) AS x
      ON x.export = r.export AND x.row = r.file_row_number`;
}

/**
 * The ledger delta that a run leaves: one row per claim that changed, in the
 * ledger's columns plus `deleted`, `off_list` (known not to be on the list any
 * more) and `released` (let go to another export's claim).
 */
export function deltaSql(changeSets: readonly SentChangeSet[], tables: OutcomeTables, at: string): string {
  const time = `CAST(${literal(at)} AS TIMESTAMP)`;
  const columns =
    "export, action, withdrawn, grp, key, person, input_hash, delivered_hash, old_delivered_hash, fields, contact_id, origin, first_at";
  return `SELECT export, list_id, key, person, input_hash,
    CASE WHEN outcome IN ('delivered', 'record', 'differs') AND action <> 'gone' THEN delivered_hash ELSE old_delivered_hash END AS delivered_hash,
    CASE WHEN outcome IN ('unknown', 'rejected', 'differs') THEN delivered_hash END AS attempted_hash,
    fields, contact_id, origin,
    CASE WHEN action IN ('left', 'gone') THEN action
      WHEN outcome = 'differs' THEN 'rejected'
      WHEN outcome = 'gone' THEN 'gone'
      WHEN outcome IN ('unknown', 'rejected') THEN CASE WHEN action = 'remove' THEN 'unknown' ELSE outcome END
      ELSE 'member' END AS status,
    CASE WHEN outcome = 'unknown' OR (action = 'remove' AND outcome = 'rejected') THEN action ELSE why END AS reason,
    coalesce(first_at, ${time}) AS first_at, ${time} AS changed_at,
    coalesce(${actionInSql(RECORD_ENDS)} OR (action = 'remove' AND outcome = 'delivered'), false) AS deleted,
    coalesce(action = 'absent' OR (action = 'remove' AND outcome IN ('delivered', 'gone')), false) AS off_list,
    action = 'release' AS released
  FROM (${endedSql(changeSets, tables, columns)})
  WHERE outcome NOT IN ('not sent', 'opted out') AND NOT ${actionInSql(UNDECIDED)}`;
}

/** SELECT `key`, `list_id` of those who were put on a list. */
export function addedSql(changeSets: readonly SentChangeSet[], tables: OutcomeTables): string {
  return `SELECT key, list_id FROM (${endedSql(changeSets, tables, "export, action, withdrawn, grp, key")}) WHERE action = 'add' AND outcome = 'delivered'`;
}

/**
 * A delta for a list that several exports share. Who was taken off it is not
 * there any more for an export that had let the person stay, and coming back
 * to that one is an add. Who was let go to another export stays claimed until
 * that one's claim stands, because its request may have failed. `claims` are
 * the ledger's rows so far.
 */
export function sharedListsSql(delta: string, claims: string): string {
  return `WITH delta AS MATERIALIZED (${delta}), off AS (SELECT DISTINCT list_id, key FROM delta WHERE off_list),
    stayed AS (SELECT d.export, d.key FROM delta AS d SEMI JOIN off USING (list_id, key) WHERE d.status = 'left'),
    standing AS (
      SELECT list_id, key FROM delta WHERE NOT deleted AND ${statusInSql(STANDING)}
      UNION SELECT c.list_id, c.key FROM (${claims}) AS c ANTI JOIN delta USING (export, key) WHERE ${statusInSql(STANDING, "c")}
    ),
    let_go AS (SELECT d.export, d.key FROM delta AS d ANTI JOIN standing USING (list_id, key) WHERE d.released)
    SELECT d.* EXCLUDE (deleted, off_list, released), d.deleted OR s.key IS NOT NULL AS deleted
    FROM delta AS d ANTI JOIN let_go USING (export, key) LEFT JOIN stayed AS s ON s.export = d.export AND s.key = d.key
    UNION ALL BY NAME
    SELECT c.*, true AS deleted FROM (${claims}) AS c SEMI JOIN off USING (list_id, key) ANTI JOIN delta USING (export, key)
    WHERE c.status = 'left'`;
}
