import type { AssembledBody, Batch, Shipment } from "../../reconcile/change-set/shipments.js";
import { recordBatch } from "../../reconcile/change-set/outcomes.js";
import { isDefect } from "../../platform/defects.js";
import { announceBatch, recordUnknown } from "./announce.js";
import { bisectBatch } from "./bisect.js";
import type { AccountJob, Progress } from "./job.js";
import type { BatchInFlight } from "./batch-in-flight.js";
import { sendRows, type TakenRows } from "./send-rows.js";
import { settleTakenRows } from "./settle-taken-rows.js";

/**
 * Sends one batch and records how it ended. `whole` is the body with all its
 * rows. A batch that is refused as a whole, without a word which rows are
 * wrong, is sent in parts. One that was only taken on is given back, to be
 * settled with the others of its shipment. Throws what must stop the export.
 */
export async function sendBatch(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  progress: Progress,
  whole: AssembledBody,
): Promise<TakenRows | undefined> {
  try {
    return await sendOnce({ job, shipment, batch, progress }, whole);
  } catch (error) {
    // It may have come up after the request went out.
    if (isDefect(error)) await recordUnknown(job, shipment, batch, "something unexpected went wrong");
    throw error;
  }
}

async function sendOnce(sending: BatchInFlight, whole: AssembledBody): Promise<TakenRows | undefined> {
  const { job, shipment, batch } = sending;
  announceBatch(job, shipment, batch, "sent");
  const sent = await sendRows(sending, { from: batch.from, to: batch.to, part: false, without: [], whole });
  if (sent.status === "taken") return sent;
  if (sent.status === "unknown") return undefined;
  if (sent.status === "refused") {
    await bisectBatch(sending, sent);
    return undefined;
  }
  await recordDelivered(sending, sent.rejected);
  return undefined;
}

/**
 * Waits for the ends of batches that were taken on together; one that fails
 * does not keep the others from being settled. What came up meanwhile may have
 * come up after they were carried out.
 */
export async function settleTaken(taken: readonly TakenRows[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { sending, range, job, before } of taken) {
    try {
      await sending.job.mustHold();
      const end = await settleTakenRows(sending, range, job, before);
      if (end.status === "delivered") await recordDelivered(sending, end.rejected);
    } catch (error) {
      const { job: run, shipment, batch } = sending;
      if (isDefect(error)) await recordUnknown(run, shipment, batch, "something unexpected went wrong");
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function recordDelivered({ job, shipment, batch }: BatchInFlight, rejected: number): Promise<void> {
  await recordBatch(job.engine, job.outcomes, shipment, batch, "delivered");
  announceBatch(job, shipment, batch, rejected === batch.rows ? "rejected" : "confirmed");
}
