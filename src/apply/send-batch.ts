import type { AssembledBody, Batch, Shipment } from "../engine/change-set.js";
import { recordBatch } from "../engine/fold.js";
import { isDefect } from "../platform/kept.js";
import { announce, recordUnknown } from "./announce.js";
import { bisect } from "./bisect.js";
import type { AccountJob, Progress } from "./job.js";
import { sendRows, type Sending } from "./send-rows.js";

/**
 * Sends one batch and records how it ended. `whole` is the body with all its
 * rows. A batch that is refused as a whole, without a word which rows are
 * wrong, is sent in parts. Throws what must stop the export.
 */
export async function sendBatch(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  progress: Progress,
  whole: AssembledBody,
): Promise<void> {
  try {
    await send({ job, shipment, batch, progress }, whole);
  } catch (error) {
    // It may have come up after the request went out.
    if (isDefect(error)) await recordUnknown(job, shipment, batch, "something unexpected went wrong");
    throw error;
  }
}

async function send(sending: Sending, whole: AssembledBody): Promise<void> {
  const { job, shipment, batch } = sending;
  announce(job, shipment, batch, "sent");
  const sent = await sendRows(sending, { from: batch.from, to: batch.to, part: false, without: [], whole });
  if (sent.status === "unknown") return;
  if (sent.status === "refused") return bisect(sending, sent);
  await recordBatch(job.engine, job.outcomes, shipment, batch, "delivered");
  announce(job, shipment, batch, sent.rejected === batch.rows ? "rejected" : "confirmed");
}
