import type { Engine } from "../../engine/engine.js";
import type { Route } from "../../plugin/codec.js";
import type { Operation } from "../../model/plan/change.js";
import { literal } from "../../plugin/relation.js";
import { numberedChangesSql } from "./change-set.js";
import { batchRowsSql, type Batch, type Shipment } from "./shipments.js";

/** How a batch ended. A batch that is not listed was not sent. */
export type BatchOutcome = "delivered" | "unknown";

/** How a single row ended, when not as its batch did. */
export type RowOutcome =
  | "delivered"
  | "rejected"
  | "unknown"
  /** Off the list behind our back. */
  | "gone"
  /** On the list, but the destination holds other values than were sent, and perhaps than it held. */
  | "differs"
  /** Opted out between plan and request, and left out. */
  | "opted out"
  | "not sent";

/** Tables that collect outcomes while an account is worked on. */
export interface OutcomeTables {
  readonly batches: string;
  readonly rows: string;
}

/** Whoever was refused holds what they held, unless something was emptied before: then neither that nor what was sent. */
export function refusedOutcome({
  operation,
  route,
}: {
  readonly operation: Operation;
  readonly route: Pick<Route, "clearsFirst"> | undefined;
}): RowOutcome {
  return operation === "update" && route?.clearsFirst === true ? "differs" : "rejected";
}

type SentRows = Pick<Shipment, "exportName" | "operation" | "stage" | "group">;

export async function createOutcomes(engine: Engine, prefix: string): Promise<OutcomeTables> {
  const tables = { batches: `${prefix}_batch_outcomes`, rows: `${prefix}_row_outcomes` };
  await engine.run(
    `CREATE OR REPLACE TABLE ${tables.batches} (export VARCHAR, action VARCHAR, withdrawn BOOLEAN, grp VARCHAR, first_row BIGINT, last_row BIGINT, batch INTEGER, outcome VARCHAR)`,
  );
  await engine.run(
    `CREATE OR REPLACE TABLE ${tables.rows} (export VARCHAR, row BIGINT, outcome VARCHAR, reason VARCHAR)`,
  );
  return tables;
}

/** Records how a batch ended; a later word replaces an earlier one. */
export async function recordBatch(
  engine: Engine,
  tables: OutcomeTables,
  shipment: SentRows,
  batch: Pick<Batch, "batch" | "from" | "to">,
  outcome: BatchOutcome,
): Promise<void> {
  const { exportName, operation, stage, group } = shipment;
  await engine.run(`DELETE FROM ${tables.batches} WHERE batch = ${batch.batch}`);
  await engine.run(
    `INSERT INTO ${tables.batches} VALUES (${literal(exportName)}, ${literal(operation)}, ${stage === "withdraw"}, ${literal(group)}, ${batch.from}, ${batch.to}, ${batch.batch}, ${literal(outcome)})`,
  );
}

export async function recordRows(
  engine: Engine,
  tables: OutcomeTables,
  exportName: string,
  rows: readonly { readonly row: number; readonly reason: string }[],
  outcome: RowOutcome,
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(
    ({ row, reason }) => `(${literal(exportName)}, ${row}, ${literal(outcome)}, ${literal(reason)})`,
  );
  await engine.run(`INSERT INTO ${tables.rows} VALUES ${values.join(", ")}`);
}

/** As `recordRows`, for all rows of a shipment between two row numbers. */
export async function recordRange(
  engine: Engine,
  tables: OutcomeTables,
  shipment: Shipment,
  rows: { readonly from: number; readonly to: number; readonly without: readonly number[] },
  { outcome, reason }: { readonly outcome: RowOutcome; readonly reason: string },
): Promise<void> {
  await engine.run(
    `INSERT INTO ${tables.rows} SELECT ${literal(shipment.exportName)}, file_row_number, ${literal(outcome)}, ${literal(reason)}
     FROM ${batchRowsSql(shipment, rows, rows.without)}`,
  );
}

/** Makes rows unknown of which nothing else was recorded; `rows`: FROM and WHERE with `file_row_number`. */
export async function recordDoubtful(
  engine: Engine,
  tables: OutcomeTables,
  exportName: string,
  rows: string,
): Promise<void> {
  const of = literal(exportName);
  await engine.run(
    `INSERT INTO ${tables.rows} SELECT ${of}, row, 'unknown', NULL FROM (SELECT file_row_number AS row FROM ${rows})
     ANTI JOIN (SELECT row FROM ${tables.rows} WHERE export = ${of}) USING (row)`,
  );
}

/** Makes batches unknown that were taken for delivered. */
export async function markBatchesUnknown(
  engine: Engine,
  { batches }: OutcomeTables,
  numbers: readonly number[],
): Promise<void> {
  await engine.run(
    `UPDATE ${batches} SET outcome = 'unknown' WHERE outcome = 'delivered' AND batch IN (${numbers.join(", ")})`,
  );
}

/**
 * Records of rows of a removal, who were off the list before it, that somebody
 * else took them off, unless it may have been us; `wereOnList`: see
 * `createWereOnList`.
 */
export async function recordTakenOffBefore(
  engine: Engine,
  tables: OutcomeTables,
  { exportName, changeSet }: Pick<Shipment, "exportName" | "changeSet">,
  rows: readonly number[],
  wereOnList: string,
): Promise<void> {
  if (rows.length === 0) return;
  const name = literal(exportName);
  await engine.run(
    `INSERT INTO ${tables.rows} SELECT ${name}, file_row_number, 'gone', 'drift' FROM ${numberedChangesSql({ path: changeSet })}
     WHERE file_row_number IN (${rows.join(", ")}) AND key IN (SELECT key FROM ${wereOnList} WHERE export = ${name})`,
  );
}

/** Rows of a change set are looked up in buckets of this many, so that finding the batch of a row is an equality join. */
const BUCKET = 4096;

/** FROM item of the batches with `bucket`: a row for each bucket that a batch touches. */
export function batchesByBucketSql(tables: OutcomeTables, where = "true"): string {
  return `(SELECT *, unnest(range(first_row // ${BUCKET}, last_row // ${BUCKET} + 1)) AS bucket FROM ${tables.batches} WHERE ${where})`;
}

/** Condition that ties a row number to its batch among `batchesByBucketSql`. */
export function inBatchSql(row: string, batch: string): string {
  return `${batch}.bucket = ${row} // ${BUCKET} AND ${row} BETWEEN ${batch}.first_row AND ${batch}.last_row`;
}
