import type { Batch, Shipment } from "../../reconcile/change-set/shipments.js";
import { recordBatch } from "../../reconcile/change-set/outcomes.js";
import type { AccountJob } from "./job.js";

/** Records that nobody knows how a batch ended, and says so. */
export async function recordUnknown(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  reason: string,
): Promise<void> {
  await recordBatch(job.engine, job.outcomes, shipment, batch, "unknown");
  announceBatch(job, shipment, batch, "unknown");
  job.emit({
    type: "warning",
    export: shipment.exportName,
    message: `The outcome of a request is not known (${reason}); it is looked up, not guessed.`,
  });
}

/** Tells how far the batches of an export are. */
export function announceBatch(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  outcome: "sent" | "confirmed" | "rejected" | "unknown",
): void {
  const own = job.batches.filter(
    ({ shipment: index }) => job.shipments[index]?.exportName === shipment.exportName,
  );
  job.emit({
    type: "batch",
    export: shipment.exportName,
    operation: shipment.operation,
    batch: own.indexOf(batch) + 1,
    batches: own.length,
    rows: batch.rows,
    outcome,
  });
}
