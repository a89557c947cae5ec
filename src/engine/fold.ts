import { identifier, literal } from "../plugin/relation.js";
import type { Engine } from "./engine.js";

/** How a batch ended. A batch that is not listed was not sent. */
export type BatchOutcome = "delivered" | "unknown";

/** How a single row ended, when not as its batch did. */
export type RowOutcome = "delivered" | "rejected" | "unknown" | "gone" | "not sent";

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
    SELECT r.*, CASE WHEN r.batch IS NULL THEN 'record' ELSE coalesce(x.outcome, o.outcome, 'not sent') END AS outcome, x.reason AS why
    FROM read_parquet(${literal(changeSet)}, file_row_number = true) AS r
    LEFT JOIN ${outcomes.batches} AS o ON o.batch = r.batch
    LEFT JOIN (SELECT row, arg_max(outcome, rowid) AS outcome, arg_max(reason, rowid) AS reason FROM ${outcomes.rows} GROUP BY row) AS x
      ON x.row = r.file_row_number
  )
  SELECT export, ${listId} AS list_id, key, person, input_hash,
    CASE WHEN outcome IN ('delivered', 'record') AND action <> 'found' THEN delivered_hash ELSE old_delivered_hash END AS delivered_hash,
    CASE WHEN outcome IN ('unknown', 'rejected') THEN delivered_hash END AS attempted_hash,
    fields, contact_id, origin,
    CASE WHEN action = 'left' THEN 'left'
      WHEN outcome IN ('unknown', 'rejected', 'gone') THEN CASE WHEN action = 'remove' THEN 'unknown' ELSE outcome END
      ELSE 'member' END AS status,
    CASE WHEN outcome = 'unknown' OR (action = 'remove' AND outcome = 'rejected') THEN action ELSE why END AS reason,
    coalesce(first_at, ${time}) AS first_at, ${time} AS changed_at,
    coalesce(action IN ('release', 'forget') OR (action = 'remove' AND outcome = 'delivered'), false) AS deleted
  FROM ended
  WHERE outcome <> 'not sent' AND action NOT IN ('none', 'rejected', 'gone', 'opted out', 'address changed after opt-out')
  ORDER BY ${identifier("export")}, key`;
}
