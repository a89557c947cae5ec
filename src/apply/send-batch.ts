import { setTimeout as sleep } from "node:timers/promises";
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
import type { Destination, WriteResult } from "../plugin/destination.js";
import type { AccountJob, Progress } from "./job.js";
import { settleJob } from "./settle-job.js";

/** How often a batch is sent again: without rows that the destination named, or after a passing fault that surely did nothing. */
const MAX_TRIES = 10;

/** First wait after a passing fault, in milliseconds; doubles each time. */
const FIRST_WAIT_MS = 1000;

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
    const { body, rows } =
      dropped.length === 0 ? whole : await assembleBody(job.engine, shipment, batch, dropped);
    if (rows === 0) return;
    await job.stillHeld();
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
    const result = await write(job, shipment, batch, destination, body, rows, intent ?? 0);
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
    await job.journal.append(
      [
        {
          type: "outcome",
          of: intent ?? 0,
          results: [{ batch: batch.batch, status: result.status, refused }],
        },
      ],
      job.signal,
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

/** A fault that passes by itself and left nothing behind. */
function isPassing({ kind }: Failure): boolean {
  return kind === "transient" || kind === "rate-limit";
}

async function waitOut(job: AccountJob, failure: Failure, tries: number): Promise<void> {
  const milliseconds =
    failure.retryAfter === undefined
      ? Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), 30_000)
      : failure.retryAfter * 1000;
  job.emit({
    type: "waiting",
    account: job.accountKey,
    reason: failure.message,
    seconds: milliseconds / 1000,
  });
  await sleep(milliseconds, undefined, { signal: job.signal });
}

/** The answer; or why the request surely did nothing; `unknown` when that is not known and recorded so. */
async function write(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  destination: Destination,
  body: string,
  rows: number,
  intent: number,
): Promise<WriteResult | Failure | "unknown"> {
  try {
    const { operation, route, listId } = shipment;
    const result = await destination.write({ operation, route: route.name, listId, body, rows }, job.signal);
    if (result.status === "accepted") {
      await job.journal.append(
        [
          {
            type: "outcome",
            of: intent,
            results: [{ batch: batch.batch, status: "accepted", job: result.job }],
          },
        ],
        job.signal,
      );
    }
    return result;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const unknown = error.kind === "unknown-outcome";
    if (error.kind === "interrupted") throw error;
    await job.journal.append(
      [
        {
          type: "outcome",
          of: intent,
          results: [{ batch: batch.batch, status: unknown ? "unknown" : "not-sent", reason: error.message }],
        },
      ],
      job.signal,
    );
    if (!unknown) return error;
    await recordUnknown(job, shipment, batch, error.message);
    return "unknown";
  }
}

async function settle(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  destination: Destination,
  id: string,
): Promise<void> {
  const end = await settleJob(
    {
      engine: job.engine,
      destination,
      journal: job.journal,
      rows: batchRows(shipment, batch),
      signal: job.signal,
      onWait: (seconds) => {
        if (seconds >= 1) job.emit({ type: "waiting", account: job.accountKey, reason: "job", seconds });
      },
    },
    id,
  );
  if (end.status === "unknown") return recordUnknown(job, shipment, batch, end.reason);
  if (end.status === "failed") {
    throw new Failure("permanent", `the destination's job failed: ${end.message}`, {
      hint: "Nothing of this batch counts as delivered; mend the cause at the destination and apply again.",
    });
  }
  await recordBatch(job.engine, job.outcomes, shipment, batch, "delivered");
  await recordRows(job.engine, job.outcomes, shipment.exportName, end.refused, "rejected");
  announce(job, shipment, batch, end.refused.length === batch.rows ? "rejected" : "confirmed");
}

async function recordUnknown(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  reason: string,
): Promise<void> {
  await recordBatch(job.engine, job.outcomes, shipment, batch, "unknown");
  announce(job, shipment, batch, "unknown");
  job.emit({
    type: "warning",
    export: shipment.exportName,
    message: `The outcome of a request is not known (${reason}); it is looked up, not guessed.`,
  });
}

function announce(
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

export function destinationOf(job: AccountJob, shipment: Shipment): Destination {
  const destination = job.destinations.get(shipment.exportName);
  if (destination === undefined) throw new TypeError(`no destination for ${shipment.exportName}`);
  return destination;
}
