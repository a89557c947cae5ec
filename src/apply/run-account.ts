import type { Stage } from "../engine/change-set.js";
import { Failure } from "../model/failure.js";
import type { AccountJob, Progress } from "./job.js";
import { readBack } from "./read-back.js";
import { sendBatch } from "./send-batch.js";

const STAGES: readonly Stage[] = ["withdraw", "deliver", "leave"];

/**
 * Sends everything of one account, stage by stage: withdrawals first, then what
 * is delivered, then leavers. One request and one job at a time, because
 * neither vendor promises an order for two jobs on one list. An export that
 * fails stops there; its withdrawals were sent before, and the others go on.
 */
export async function runAccount(job: AccountJob): Promise<Map<string, Progress>> {
  const progress = new Map<string, Progress>(
    [...job.destinations.keys()].map((name) => [name, { requests: 0, error: undefined, interrupted: false }]),
  );
  for (const stage of STAGES) {
    for (const [index, shipment] of job.shipments.entries()) {
      const own = progress.get(shipment.exportName);
      if (shipment.stage !== stage || own === undefined || own.error !== undefined) continue;
      await runShipment(job, index, own);
    }
  }
  return progress;
}

async function runShipment(job: AccountJob, index: number, progress: Progress): Promise<void> {
  const shipment = job.shipments[index];
  if (shipment === undefined) return;
  try {
    for (const batch of job.batches.filter((batch) => batch.shipment === index)) {
      if (job.stop.aborted || job.signal.aborted) {
        progress.interrupted = true;
        break;
      }
      await sendBatch(job, shipment, batch, progress);
    }
  } catch (error) {
    progress.interrupted ||= error instanceof Failure && error.kind === "interrupted";
    progress.error = error instanceof Error ? error : new Error("unexpected error");
    if (!(error instanceof Failure)) throw error;
  }
  // What was sent before an error or a stop is still to be confirmed.
  if (shipment.route.evidence === "read-back" && !job.signal.aborted) await confirm(job, index, progress);
}

async function confirm(job: AccountJob, index: number, progress: Progress): Promise<void> {
  const shipment = job.shipments[index];
  if (shipment === undefined) return;
  try {
    await readBack(job, shipment, index);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    progress.error ??= error;
    const batches = job.batches.filter(({ shipment: own }) => own === index).map(({ batch }) => batch);
    // What could not be read back is not delivered.
    await job.engine.run(
      `UPDATE ${job.outcomes.batches} SET outcome = 'unknown' WHERE outcome = 'delivered' AND batch IN (${batches.join(", ")})`,
    );
  }
}
