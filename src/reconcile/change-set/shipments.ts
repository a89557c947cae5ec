import { numberedChangesSql } from "./change-set.js";
import { actionInSql } from "../action.js";
import type { Operation } from "../../model/plan/change.js";
import type { Route } from "../../plugin/codec.js";
import { literal } from "../../plugin/relation.js";
import type { Engine } from "../../engine/engine.js";

/** When changes of an account are carried out; earlier stages are finished before later ones begin. */
export type Stage = "withdraw" | "deliver" | "leave";

/** Rows that travel the same way: one export, operation, stage and group. */
export interface Shipment {
  readonly exportName: string;
  readonly operation: Operation;
  readonly stage: Stage;
  readonly group: string;
  readonly route: Route;
  readonly listId: string;
  /** The export's change set: Parquet, a row per change. */
  readonly changeSet: string;
}

/** One request to come: the rows of a shipment between two row numbers of its change set. */
export interface Batch {
  /** Unique within a run. */
  readonly batch: number;
  readonly shipment: number;
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/**
 * Cuts shipments into batches by count and bytes. Both limits count as one
 * weight: a row weighs the larger of its share of the bytes and its share of
 * the count, and a batch ends where the running weight passes a whole. So a
 * batch keeps both limits, with no more batches than needed.
 */
export async function cutBatches(engine: Engine, shipments: readonly Shipment[]): Promise<Batch[]> {
  const batches: Batch[] = [];
  for (const [index, shipment] of shipments.entries()) {
    const rows = await engine.rows<{ from: number; to: number; rows: number }>(
      await cutSql(engine, shipment),
    );
    for (const { from, to, rows: count } of rows) {
      batches.push({ batch: batches.length + 1, shipment: index, from, to, rows: count });
    }
  }
  return batches;
}

async function cutSql(engine: Engine, shipment: Shipment): Promise<string> {
  const { route, group, listId } = shipment;
  const { prefix, separator, suffix } = route.envelope(group, listId);
  const { longest } = await engine.row<{ longest: number }>(
    `SELECT coalesce(max(strlen(${route.wire})), 0) AS longest FROM ${shipmentRowsSql(shipment)}`,
  );
  const bytes = Math.max(1, route.maxBytes - Buffer.byteLength(prefix + suffix) - longest);
  const weight = `greatest((strlen(${route.wire}) + ${Buffer.byteLength(separator)}) * ${route.maxRows}::BIGINT, ${bytes}::BIGINT)`;
  const whole = bytes * route.maxRows;
  return `SELECT min(row) AS "from", max(row) AS "to", count(*) AS rows FROM (
      SELECT row, (CAST(sum(weight) OVER (ORDER BY row ROWS UNBOUNDED PRECEDING) AS BIGINT) - weight) // ${whole} AS batch
      FROM (SELECT file_row_number AS row, ${weight} AS weight FROM ${shipmentRowsSql(shipment)})
    ) GROUP BY batch ORDER BY batch`;
}

export interface AssembledBody {
  readonly body: string;
  readonly rows: number;
}

/** The body of one batch, without the rows that were dropped from it. */
export async function assembleBody(
  engine: Engine,
  shipment: Shipment,
  batch: Batch,
  dropped: readonly number[],
): Promise<AssembledBody> {
  const { prefix, separator, suffix } = shipment.route.envelope(shipment.group, shipment.listId);
  const { body, rows } = await engine.row<{ body: string | null; rows: number }>(
    `SELECT string_agg(${shipment.route.wire}, ${literal(separator)} ORDER BY file_row_number) AS body, count(*) AS rows
     FROM ${batchRowsSql(shipment, batch, dropped)}`,
  );
  return { body: prefix + (body ?? "") + suffix, rows };
}

/** Row numbers of a batch in the order of its body. */
export async function readRowNumbers(
  engine: Engine,
  shipment: Shipment,
  batch: Batch,
  dropped: readonly number[],
): Promise<number[]> {
  const rows = await engine.rows<{ row: number }>(
    `SELECT file_row_number AS row FROM ${batchRowsSql(shipment, batch, dropped)} ORDER BY file_row_number`,
  );
  return rows.map(({ row }) => row);
}

/** FROM and WHERE of a batch's rows, with `file_row_number`. */
export function batchRowsSql(
  shipment: Pick<Shipment, "changeSet" | "operation" | "stage" | "group">,
  { from, to }: Pick<Batch, "from" | "to">,
  dropped: readonly number[] = [],
): string {
  const without = dropped.length === 0 ? "" : ` AND file_row_number NOT IN (${dropped.join(", ")})`;
  return `${shipmentRowsSql(shipment)} AND file_row_number BETWEEN ${from} AND ${to}${without}`;
}

/** FROM and WHERE of a shipment's rows, with `file_row_number`. */
export function shipmentRowsSql({
  changeSet,
  operation,
  stage,
  group,
}: Pick<Shipment, "changeSet" | "operation" | "stage" | "group">): string {
  const withdrawn = operation === "remove" ? ` AND ${stage === "withdraw" ? "" : "NOT "}withdrawn` : "";
  return `${numberedChangesSql({ path: changeSet })}
    WHERE ${actionInSql([operation])}${withdrawn} AND grp = ${literal(group)}`;
}
