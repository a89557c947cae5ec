import { literal } from "../plugin/relation.js";
import type { Engine } from "./engine.js";

/** How a batch ended. A batch that is not listed was not sent. */
export type BatchOutcome = "delivered" | "unknown";

/** How a single row ended, when not as its batch did. */
export type RowOutcome =
  | "delivered"
  | "rejected"
  | "unknown"
  /** No longer on the list behind our back. */
  | "gone"
  /** On the list, but the destination holds other values than were sent. */
  | "differs"
  | "not sent";

/** How many rows of an export ended in each way, and what they were. */
export async function countOutcomes(
  engine: Engine,
  changeSet: string,
  tables: OutcomeTables,
): Promise<{ export: string; action: string; outcome: RowOutcome; rows: number }[]> {
  return engine.rows(
    `SELECT export, action, ${outcomeOf("r")} AS outcome, count(*) AS rows FROM ${joined(changeSet, tables)}
     WHERE r.batch IS NOT NULL GROUP BY ALL`,
  );
}

function outcomeOf(row: string): string {
  return `CASE WHEN ${row}.batch IS NULL THEN 'record' ELSE coalesce(x.outcome, o.outcome, 'not sent') END`;
}

function joined(changeSet: string, tables: OutcomeTables): string {
  return `read_parquet(${literal(changeSet)}, file_row_number = true) AS r
    LEFT JOIN ${tables.batches} AS o ON o.batch = r.batch
    LEFT JOIN (SELECT row, arg_max(outcome, rowid) AS outcome, arg_max(reason, rowid) AS reason FROM ${tables.rows} GROUP BY row) AS x
      ON x.row = r.file_row_number`;
}

/** Creates the tables that collect outcomes while an account is worked on. */
export async function createOutcomes(engine: Engine, prefix: string): Promise<OutcomeTables> {
  const tables = { batches: `${prefix}_batch_outcomes`, rows: `${prefix}_row_outcomes` };
  await engine.run(`CREATE OR REPLACE TABLE ${tables.batches} (batch INTEGER, outcome VARCHAR)`);
  await engine.run(`CREATE OR REPLACE TABLE ${tables.rows} (row BIGINT, outcome VARCHAR, reason VARCHAR)`);
  return tables;
}

export interface OutcomeTables {
  readonly batches: string;
  readonly rows: string;
}

export async function recordBatch(
  engine: Engine,
  tables: OutcomeTables,
  batch: number,
  outcome: BatchOutcome,
): Promise<void> {
  await engine.run(`DELETE FROM ${tables.batches} WHERE batch = ${batch}`);
  await engine.run(`INSERT INTO ${tables.batches} VALUES (${batch}, ${literal(outcome)})`);
}

export async function recordRows(
  engine: Engine,
  tables: OutcomeTables,
  rows: readonly { readonly row: number; readonly reason: string }[],
  outcome: RowOutcome,
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ row, reason }) => `(${row}, ${literal(outcome)}, ${literal(reason)})`);
  await engine.run(`INSERT INTO ${tables.rows} VALUES ${values.join(", ")}`);
}

/**
 * The ledger delta that a run leaves: one row per claim that changed, in the
 * ledger's columns plus `deleted`. `lists` gives the list id of each export.
 */
export function deltaSql(
  changeSet: string,
  outcomes: OutcomeTables,
  lists: ReadonlyMap<string, string>,
  at: string,
): string {
  const listId = `CASE export ${[...lists].map(([name, id]) => `WHEN ${literal(name)} THEN ${literal(id)}`).join(" ")} END`;
  const time = `CAST(${literal(at)} AS TIMESTAMP)`;
  return `WITH ended AS (
    SELECT r.*, ${outcomeOf("r")} AS outcome, x.reason AS why FROM ${joined(changeSet, outcomes)}
  )
  SELECT export, ${listId} AS list_id, key, person, input_hash,
    CASE WHEN outcome IN ('delivered', 'record', 'differs') AND action <> 'found' THEN delivered_hash ELSE old_delivered_hash END AS delivered_hash,
    CASE WHEN outcome IN ('unknown', 'rejected', 'differs') THEN delivered_hash END AS attempted_hash,
    fields, contact_id, origin,
    CASE WHEN action = 'left' THEN 'left'
      WHEN outcome = 'differs' THEN 'rejected'
      WHEN outcome IN ('unknown', 'rejected', 'gone') THEN CASE WHEN action = 'remove' THEN 'unknown' ELSE outcome END
      ELSE 'member' END AS status,
    CASE WHEN outcome = 'unknown' OR (action = 'remove' AND outcome = 'rejected') THEN action ELSE why END AS reason,
    coalesce(first_at, ${time}) AS first_at, ${time} AS changed_at,
    coalesce(action IN ('release', 'forget', 'absent') OR (action = 'remove' AND outcome = 'delivered'), false) AS deleted
  FROM ended
  WHERE outcome <> 'not sent' AND action NOT IN ('none', 'unresolved', 'rejected', 'gone', 'opted out', 'address changed after opt-out')`;
}
