import type { Operation } from "../model/change.js";
import type { Route } from "../plugin/codec.js";
import { literal } from "../plugin/relation.js";
import type { Engine } from "./engine.js";

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
  /** Parquet file with the export's payloads. */
  readonly payloads: string;
}

/** One request to come. */
export interface Batch {
  readonly batch: number;
  readonly shipment: number;
  readonly rows: number;
}

/** Batches of one shipment are numbered from here, so that numbers never meet. */
const SHIPMENT_STRIDE = 100_000;

/**
 * Writes the change set of an account: every row of every shipment with its
 * batch, and the rows that only change the record (`batch` NULL). Cuts batches
 * by count and bytes in one pass. Returns the batches in the order of sending.
 */
export async function writeChangeSet(
  engine: Engine,
  path: string,
  shipments: readonly Shipment[],
  recordOnly: readonly { readonly payloads: string }[],
): Promise<Batch[]> {
  const parts: string[] = [];
  for (const [index, shipment] of shipments.entries()) parts.push(await cutSql(engine, shipment, index));
  for (const { payloads } of recordOnly) {
    parts.push(`SELECT CAST(NULL AS INTEGER) AS batch, ${COLUMNS} FROM read_parquet(${literal(payloads)})
      WHERE action NOT IN ('add', 'update', 'remove')`);
  }
  if (parts.length === 0) return [];
  await engine.writeParquet(parts.join("\nUNION ALL\n"), path, { compression: "zstd", rowGroup: 30_720 });
  const batches = await engine.rows<{ batch: number; rows: number }>(
    `SELECT batch, count(*) AS rows FROM read_parquet(${literal(path)}) WHERE batch IS NOT NULL GROUP BY batch ORDER BY batch`,
  );
  return batches.map(({ batch, rows }) => ({ batch, rows, shipment: Math.floor(batch / SHIPMENT_STRIDE) }));
}

const COLUMNS =
  "export, action, cause, withdrawn, key, contact_id, person, payload, grp, input_hash, delivered_hash, old_delivered_hash, fields, origin, status, first_at";

export function shipmentFilter({
  operation,
  stage,
  group,
}: Pick<Shipment, "operation" | "stage" | "group">): string {
  const withdrawn = operation === "remove" ? ` AND ${stage === "withdraw" ? "" : "NOT "}withdrawn` : "";
  return `action = ${literal(operation)}${withdrawn} AND grp = ${literal(group)}`;
}

/**
 * Both limits as one weight: a row weighs the larger of its share of the bytes
 * and its share of the count, and a batch ends where the running weight passes
 * a whole. So a batch keeps both limits, with no more batches than needed.
 */
async function cutSql(engine: Engine, shipment: Shipment, index: number): Promise<string> {
  const { route, payloads } = shipment;
  const from = `read_parquet(${literal(payloads)}) WHERE ${shipmentFilter(shipment)}`;
  const { prefix, separator, suffix } = route.envelope(shipment.group, shipment.listId);
  const envelope = Buffer.byteLength(prefix + suffix);
  const { longest } = await engine.row<{ longest: number }>(
    `SELECT coalesce(max(strlen(${route.wire})), 0) AS longest FROM ${from}`,
  );
  const bytes = Math.max(1, route.maxBytes - envelope - longest);
  const weight = `greatest((strlen(${route.wire}) + ${Buffer.byteLength(separator)}) * ${route.maxRows}::BIGINT, ${bytes}::BIGINT)`;
  const whole = bytes * route.maxRows;
  return `SELECT CAST(${index * SHIPMENT_STRIDE} + (running - weight) // ${whole} AS INTEGER) AS batch, ${COLUMNS} FROM (
    SELECT *, CAST(sum(weight) OVER (ROWS UNBOUNDED PRECEDING) AS BIGINT) AS running FROM (
      SELECT *, ${weight} AS weight FROM ${from}))`;
}

/** The body of one batch, without the rows that were dropped from it. */
export async function assembleBody(
  engine: Engine,
  changeSet: string,
  batch: number,
  shipment: Pick<Shipment, "route" | "group" | "listId">,
  dropped: readonly number[],
): Promise<{ body: string; rows: number }> {
  const { prefix, separator, suffix } = shipment.route.envelope(shipment.group, shipment.listId);
  const { body, rows } = await engine.row<{ body: string | null; rows: number }>(
    `SELECT string_agg(${shipment.route.wire}, ${literal(separator)} ORDER BY file_row_number) AS body, count(*) AS rows
     FROM ${batchRows(changeSet, batch, dropped)}`,
  );
  return { body: prefix + (body ?? "") + suffix, rows };
}

/** Row numbers of a batch in the order of its body. */
export async function rowNumbers(
  engine: Engine,
  changeSet: string,
  batch: number,
  dropped: readonly number[],
): Promise<number[]> {
  const rows = await engine.rows<{ row: number }>(
    `SELECT file_row_number AS row FROM ${batchRows(changeSet, batch, dropped)} ORDER BY file_row_number`,
  );
  return rows.map(({ row }) => row);
}

function batchRows(changeSet: string, batch: number, dropped: readonly number[]): string {
  const without = dropped.length === 0 ? "" : ` AND file_row_number NOT IN (${dropped.join(", ")})`;
  return `read_parquet(${literal(changeSet)}, file_row_number = true) WHERE batch = ${batch}${without}`;
}
