import { setTimeout as sleep } from "node:timers/promises";
import type { Batch, Shipment } from "../../reconcile/change-set/shipments.js";
import { Failure } from "../../model/failure.js";
import type { Destination, WriteResult } from "../../plugin/destination.js";
import { recordUnknown } from "./announce.js";
import type { AccountJob } from "./job.js";

/** First wait after a passing fault, in milliseconds; doubles each time. */
const FIRST_WAIT_MS = 1000;

/** A fault that passes by itself and left nothing behind. A rate limit has been waited for as long as that is worth it. */
export function isTransient({ kind }: Failure): boolean {
  return kind === "transient";
}

export async function waitBeforeRetry(job: AccountJob, failure: Failure, tries: number): Promise<void> {
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
export async function sendRequest(
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
