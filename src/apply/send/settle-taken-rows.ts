import { batchRowsSql, type Batch } from "../../reconcile/change-set/shipments.js";
import { recordBatch, recordRows, refusedOutcome } from "../../reconcile/change-set/outcomes.js";
import { recordUnknown } from "./announce.js";
import { orUnknown, type BatchInFlight } from "./batch-in-flight.js";
import { explainFailedJob, NO_REASON } from "./failed-job.js";
import { destinationOf } from "./job.js";
import { settleJob, type JobEnd } from "./settle-job.js";

export interface DeliveredRows {
  readonly status: "delivered";
  readonly rejected: number;
  /** `seq` of the last intent; 0 if there was none. */
  readonly intent: number;
  /** False when nobody was left to send. */
  readonly taken: boolean;
}

/** Waits for how what was taken on ends. Throws what must stop the export. */
export async function settleTakenRows(
  sending: BatchInFlight,
  range: Batch,
  id: string,
  before: DeliveredRows,
): Promise<DeliveredRows | { readonly status: "unknown" }> {
  const { job, shipment, batch } = sending;
  const context = {
    engine: job.engine,
    destination: destinationOf(job, shipment),
    journal: job.journal,
    rows: batchRowsSql(shipment, range),
    signal: job.signal,
    patienceMs: job.jobTimeoutMs,
    mayGoOn: () => job.lost.throwIfAborted(),
    onWait: (seconds: number) => {
      if (seconds >= 1) job.emit({ type: "waiting", account: job.accountKey, reason: "job", seconds });
    },
  };
  const end = await orUnknown(sending, settleJob(context, id));
  if (end.status === "unknown") {
    await recordUnknown(job, shipment, batch, end.reason);
    return { status: "unknown" };
  }
  if (end.status === "failed") {
    // A job that failed may have carried a part out.
    await recordUnknown(job, shipment, batch, end.reason ?? NO_REASON);
    throw await explainFailedJob(job, shipment, { reason: end.reason, rows: context.rows });
  }
  if (end.status === "full") {
    await recordFull(sending, range, end);
    throw end.failure;
  }
  await recordRows(job.engine, job.outcomes, shipment.exportName, end.refused, refusedOutcome(shipment));
  return { ...before, rejected: before.rejected + end.refused.length };
}

/** Whoever did not fit is still to be sent; of a part of a batch, or without a report, it is unknown who that is. */
async function recordFull(
  { job, shipment, batch }: BatchInFlight,
  range: Batch,
  { failure, rows }: Extract<JobEnd, { status: "full" }>,
): Promise<void> {
  const whole = range.from === batch.from && range.to === batch.to;
  if (rows === undefined || !whole) return recordUnknown(job, shipment, batch, failure.message);
  const { engine, outcomes } = job;
  const wrong = rows.flatMap(({ row, reason }) => (reason === null ? [] : [{ row, reason }]));
  const left = rows.flatMap(({ row, reason }) => (reason === null ? [{ row, reason: failure.message }] : []));
  await recordRows(engine, outcomes, shipment.exportName, wrong, refusedOutcome(shipment));
  await recordRows(engine, outcomes, shipment.exportName, left, "not sent");
  await recordBatch(engine, outcomes, shipment, batch, "delivered");
}
