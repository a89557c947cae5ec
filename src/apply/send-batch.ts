import {
  assembleBody,
  batchRows,
  rowNumbers,
  type AssembledBody,
  type Batch,
  type Shipment,
} from "../engine/change-set.js";
import { recordBatch, recordRows } from "../engine/fold.js";
import { Failure } from "../model/failure.js";
import type { Destination } from "../plugin/destination.js";
import { announce, recordUnknown } from "./announce.js";
import { destinationOf, type AccountJob, type Progress } from "./job.js";
import { optedOutRows } from "./opted-out-rows.js";
import { isPassing, request, waitOut } from "./request.js";
import { settleJob } from "./settle-job.js";

/** How often a batch is sent again: without rows that the destination named, or after a passing fault that surely did nothing. */
const MAX_TRIES = 10;

/**
 * Sends one batch and waits for how it ends: intent, request, outcome, job,
 * each in the journal before the next. Rows that the destination names are
 * dropped and the rest is sent again. `whole` is the body with all rows. Throws what must stop the export.
 */
export async function sendBatch(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  progress: Progress,
  whole: AssembledBody,
): Promise<void> {
  const destination = destinationOf(job, shipment);
  const dropped: number[] = [];
  for (let tries = 1; ; tries++) {
    // Each time, because waiting for the next try takes a while.
    if (shipment.stage === "deliver") dropped.push(...(await optedOutRows(job, shipment, batch, dropped)));
    const { body, rows } =
      dropped.length === 0 ? whole : await assembleBody(job.engine, shipment, batch, dropped);
    if (rows === 0) return;
    await job.mustHold();
    const [intent] = await job.journal.append(
      [
        {
          type: "intent",
          export: shipment.exportName,
          operation: shipment.operation,
          route: shipment.route.name,
          batches: [batch.batch],
        },
      ],
      job.signal,
    );
    announce(job, shipment, batch, "sent");
    progress.requests += 1;
    const result = await orUnknown(
      job,
      shipment,
      batch,
      request(job, shipment, batch, destination, body, rows, intent ?? 0),
    );
    if (result === "unknown") return;
    if (result instanceof Failure) {
      if (!isPassing(result) || tries === MAX_TRIES) throw result;
      await waitOut(job, result, tries);
      continue;
    }
    if (result.status === "accepted") return settle(job, shipment, batch, destination, result.job);
    const numbers = await rowNumbers(job.engine, shipment, batch, dropped);
    const refused = (result.status === "done" ? result.rejected : result.rows).flatMap(
      ({ index, reason }) => {
        const row = numbers[index];
        return row === undefined ? [] : [{ row, reason }];
      },
    );
    await orUnknown(
      job,
      shipment,
      batch,
      job.journal.append(
        [
          {
            type: "outcome",
            of: intent ?? 0,
            results: [{ batch: batch.batch, status: result.status, refused }],
          },
        ],
        job.signal,
      ),
    );
    await recordRows(job.engine, job.outcomes, shipment.exportName, refused, "rejected");
    if (result.status === "done") {
      await recordBatch(job.engine, job.outcomes, shipment, batch, "delivered");
      announce(job, shipment, batch, "confirmed");
      return;
    }
    if (refused.length === 0 || tries === MAX_TRIES) {
      throw new Failure(
        "permanent",
        "the destination refuses the request without naming the rows that are wrong",
        {
          hint: "Nothing of this batch was carried out; the same rows are planned again.",
        },
      );
    }
    dropped.push(...refused.map(({ row }) => row));
  }
}

/** Once a request may have gone out, a fault of ours, such as a journal that cannot be written, leaves its outcome unknown. */
async function orUnknown<T>(job: AccountJob, shipment: Shipment, batch: Batch, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted")
      await recordUnknown(job, shipment, batch, error.message);
    throw error;
  }
}

async function settle(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  destination: Destination,
  id: string,
): Promise<void> {
  const context = {
    engine: job.engine,
    destination,
    journal: job.journal,
    rows: batchRows(shipment, batch),
    signal: job.signal,
    patienceMs: job.jobTimeoutMs,
    mayGoOn: () => job.lost.throwIfAborted(),
    onWait: (seconds: number) => {
      if (seconds >= 1) job.emit({ type: "waiting", account: job.accountKey, reason: "job", seconds });
    },
  };
  const end = await orUnknown(job, shipment, batch, settleJob(context, id));
  if (end.status === "unknown") return recordUnknown(job, shipment, batch, end.reason);
  if (end.status === "failed") {
    // A job that failed may have carried a part out.
    await recordUnknown(job, shipment, batch, end.message);
    throw new Failure("permanent", `the destination's job failed: ${end.message}`, {
      hint: "Mend the cause at the destination and apply again; the people of this batch are looked up then.",
    });
  }
  await recordBatch(job.engine, job.outcomes, shipment, batch, "delivered");
  await recordRows(job.engine, job.outcomes, shipment.exportName, end.refused, "rejected");
  announce(job, shipment, batch, end.refused.length === batch.rows ? "rejected" : "confirmed");
}
