import {
  assembleBody,
  type AssembledBody,
  type Batch,
  type Shipment,
  type Stage,
} from "../../reconcile/change-set/shipments.js";
import { markBatchesUnknown } from "../../reconcile/change-set/outcomes.js";
import { Failure } from "../../model/failure.js";
import { keptFailure } from "../../platform/defects.js";
import { AccountFull } from "../../plugin/account-full.js";
import type { AccountJob, Progress } from "./job.js";
import { readBackBatches, readBackDoubtful, emitLost } from "./read-back.js";
import { mustNotPassLimit } from "./rejected-limit.js";
import { findAccountFull } from "./failed-job.js";
import { sendBatch, settleTaken } from "./send-batch.js";
import type { TakenRows } from "./send-rows.js";

/** Nobody is written on a read of opt-outs that is much older. */
const TAKEN_FOR_MS = 60_000;

const STAGES: readonly Stage[] = ["withdraw", "deliver", "leave"];

/**
 * Sends everything of one account, stage by stage: withdrawals first, then what
 * is delivered, then leavers. One request and one job at a time, because
 * neither vendor promises an order for two jobs on one list. An export that
 * fails stops there; its withdrawals were sent before, and the others go on,
 * unless it failed because the account is full.
 */
export async function runAccount(job: AccountJob): Promise<Map<string, Progress>> {
  const progress = new Map<string, Progress>(
    [...job.destinations.keys()].map((name) => [
      name,
      { requests: 0, lost: 0, error: undefined, interrupted: false },
    ]),
  );
  for (const stage of STAGES) {
    for (const [index, shipment] of job.shipments.entries()) {
      const own = progress.get(shipment.exportName);
      if (shipment.stage !== stage || own === undefined || own.error !== undefined) continue;
      const full = [...progress.values()].find(({ error }) => error instanceof AccountFull);
      // Who leaves takes no room.
      if (full !== undefined && stage === "deliver") {
        own.error = full.error;
        continue;
      }
      const before = progress.get(job.waitsFor.get(shipment.exportName) ?? "");
      if (stage === "leave" && before !== undefined && (before.error !== undefined || before.interrupted))
        continue;
      await runShipment(job, index, own);
    }
  }
  for (const [name, { lost }] of progress) emitLost(job, name, lost);
  return progress;
}

async function runShipment(job: AccountJob, index: number, progress: Progress): Promise<void> {
  const shipment = job.shipments[index];
  if (shipment === undefined) return;
  const taken: TakenRows[] = [];
  let takenAt = Infinity;
  try {
    const batches = job.batches.filter((batch) => batch.shipment === index);
    let ahead = assembleAhead(job, shipment, batches[0]);
    for (const [place, batch] of batches.entries()) {
      if (job.stop.aborted || job.signal.aborted) {
        progress.interrupted = true;
        break;
      }
      const whole = await ahead;
      // The next body is made while the destination works on this one.
      ahead = assembleAhead(job, shipment, batches[place + 1]);
      const sent = whole === undefined ? undefined : await sendBatch(job, shipment, batch, progress, whole);
      if (sent !== undefined) taken.push(sent);
      if (sent !== undefined && taken.length === 1) takenAt = performance.now();
      if (performance.now() - takenAt > TAKEN_FOR_MS) {
        takenAt = Infinity;
        await settleTaken(taken.splice(0));
      }
      await mustNotPassLimit(job, shipment);
    }
  } catch (error) {
    failExport(progress, error);
  }
  // What was sent before an error or a stop is still to be confirmed.
  const over = job.signal.aborted || job.lost.aborted;
  // And what was taken on is to be carried out.
  if (!over) await settleTaken(taken).catch((error: unknown) => failExport(progress, error));
  if (!over) await confirmShipment(job, index, progress);
  // Some are found to be rejected only now.
  await mustNotPassLimit(job, shipment).catch((error: unknown) => failExport(progress, error));
}

/** Only the first error is reported. */
function failExport(progress: Progress, error: unknown): void {
  const interrupted = error instanceof Failure && error.kind === "interrupted";
  progress.interrupted ||= interrupted;
  progress.error ??= interrupted ? error : keptFailure(error);
}

function assembleAhead(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch | undefined,
): Promise<AssembledBody | undefined> {
  const body =
    batch === undefined ? Promise.resolve(undefined) : assembleBody(job.engine, shipment, batch, []);
  // Whether it failed matters only once it is needed.
  body.catch(() => undefined);
  return body;
}

async function confirmShipment(job: AccountJob, index: number, progress: Progress): Promise<void> {
  const shipment = job.shipments[index];
  if (shipment === undefined) return;
  try {
    if (shipment.route.evidence !== "read-back") {
      progress.lost += await readBackDoubtful(job, shipment, index);
      return;
    }
    const isShown = await readBackBatches(job, shipment, index);
    if (!isShown) progress.error ??= await findAccountFull(job, shipment);
  } catch (error) {
    progress.error ??= error instanceof Failure ? error : keptFailure(error);
    const batches = job.batches.filter(({ shipment: own }) => own === index).map(({ batch }) => batch);
    // What could not be read back is not delivered.
    await markBatchesUnknown(job.engine, job.outcomes, batches);
  }
}
