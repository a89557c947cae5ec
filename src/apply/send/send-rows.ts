import { assembleBody, readRowNumbers, type Batch } from "../../reconcile/change-set/shipments.js";
import { recordRows, recordTakenOffBefore, refusedOutcome } from "../../reconcile/change-set/outcomes.js";
import { Failure } from "../../model/failure.js";
import { recordUnknown } from "./announce.js";
import { orUnknown, writeAnswer, writeIntent, type BatchInFlight, type RowRange } from "./batch-in-flight.js";
import { destinationOf } from "./job.js";
import { lookUpFirst } from "./look-up-first.js";
import { readOptedOutRows } from "./opted-out-rows.js";
import { isTransient, sendRequest, waitBeforeRetry } from "./request.js";
import { settleTakenRows, type DeliveredRows } from "./settle-taken-rows.js";
import { findTakenPhoneRows } from "./taken-phone-rows.js";

/** How often rows are sent again: without some that the destination named, or after a passing fault that surely did nothing. */
const MAX_TRIES = 10;

/** How it ended. Whatever is `unknown` is recorded so; `refused` carried nothing out, but for what a route clears first. */
export type SendOutcome =
  | DeliveredRows
  | { readonly status: "unknown" }
  | {
      readonly status: "refused";
      readonly reason: string;
      readonly dropped: readonly number[];
      /** `seq` of the last intent. */
      readonly intent: number;
    };

/** Taken on by a route whose jobs end together: nothing is known of it before they are asked about. */
export interface TakenRows {
  readonly status: "taken";
  readonly sending: BatchInFlight;
  readonly range: Batch;
  readonly job: string;
  readonly before: DeliveredRows;
}

/**
 * Sends rows of a batch and waits for how it ends: intent, request, outcome,
 * job, each in the journal before the next. Rows that the destination names are
 * dropped and the rest is sent again. Throws what must stop the export.
 */
export async function sendRows(sending: BatchInFlight, rows: RowRange): Promise<SendOutcome | TakenRows> {
  const begun = { clears: false };
  try {
    return await tryRows(sending, rows, begun);
  } catch (error) {
    const { job, shipment, batch } = sending;
    if (begun.clears && error instanceof Failure && error.kind !== "interrupted")
      await recordUnknown(job, shipment, batch, error.message);
    throw error;
  }
}

/** `begun.clears`: a request that was refused has emptied what it was to empty. */
async function tryRows(
  sending: BatchInFlight,
  rows: RowRange,
  begun: { clears: boolean },
): Promise<SendOutcome | TakenRows> {
  const { job, shipment, batch, progress } = sending;
  const destination = destinationOf(job, shipment);
  const range = { ...batch, from: rows.from, to: rows.to };
  const dropped = [...rows.without];
  let rejected = 0;
  let intent = 0;
  for (let tries = 1; ; tries++) {
    // Each time, because waiting for the next try takes a while.
    if (shipment.stage === "deliver") {
      // Parts are of a batch whose people were looked up, or were too many.
      if (!rows.part) await lookUpFirst(job, shipment, range, dropped);
      dropped.push(...(await readOptedOutRows(job, shipment, range, dropped)));
      dropped.push(...(await findTakenPhoneRows(job, shipment, range, dropped)));
    }
    const { whole } = rows;
    const body =
      whole === undefined || dropped.length > 0
        ? await assembleBody(job.engine, shipment, range, dropped)
        : whole;
    if (body.rows === 0) return { status: "delivered", rejected, intent, taken: false };
    await job.mustHold();
    intent = await writeIntent(sending, rows);
    progress.requests += 1;
    const result = await orUnknown(
      sending,
      sendRequest(job, shipment, batch, destination, body.body, body.rows, intent),
    );
    if (result === "unknown") return { status: "unknown" };
    if (result instanceof Failure) {
      if (!isTransient(result) || tries >= MAX_TRIES) throw result;
      await waitBeforeRetry(job, result, tries);
      continue;
    }
    if (result.status === "accepted") {
      if (result.partRefused !== undefined) tellPartRefused(sending, result.partRefused);
      const before = { status: "delivered", rejected, intent, taken: true } as const;
      if (shipment.route.together === true)
        return { status: "taken", sending, range, job: result.job, before };
      return settleTakenRows(sending, range, result.job, before);
    }
    if (result.status === "refused") {
      const status = shipment.route.clearsFirst === true ? "unknown" : "not-sent";
      await writeAnswer(sending, intent, { status, reason: result.reason });
      return { status: "refused", reason: result.reason, dropped, intent };
    }
    const numbers = await readRowNumbers(job.engine, shipment, range, dropped);
    const refused = (result.status === "done" ? result.rejected : result.rows).flatMap(
      ({ index, reason }) => {
        const row = numbers[index];
        return row === undefined ? [] : [{ row, reason }];
      },
    );
    await orUnknown(sending, writeAnswer(sending, intent, { status: result.status, refused }));
    await recordRows(job.engine, job.outcomes, shipment.exportName, refused, refusedOutcome(shipment));
    rejected += refused.length;
    if (result.status === "done")
      await recordTakenOffBefore(
        job.engine,
        job.outcomes,
        shipment,
        (result.absent ?? []).flatMap((index) => numbers[index] ?? []),
        job.wereOnList,
      );
    if (result.status === "done") return { status: "delivered", rejected, intent, taken: true };
    if (refused.length === 0)
      return { status: "refused", reason: "it names rows that are not in the request", dropped, intent };
    dropped.push(...refused.map(({ row }) => row));
    begun.clears ||= shipment.route.clearsFirst === true;
    if (tries >= MAX_TRIES) throw neverEnding(tries, begun.clears);
  }
}

/** Whom it concerns reading back tells. */
function tellPartRefused({ job, shipment, batch }: BatchInFlight, reason: string): void {
  job.partlyRefused.add(batch.batch);
  const message = `A part of a request was refused, and the rest carried out: ${reason}`;
  job.emit({ type: "warning", export: shipment.exportName, message });
}

function neverEnding(tries: number, cleared: boolean): Failure {
  return new Failure(
    "permanent",
    `the destination refused ${tries} requests in a row, each because of other rows`,
    {
      hint: `The rows that it named are recorded as rejected; nothing else of this batch was carried out${cleared ? ", but that what was to be emptied may be empty by now" : ""}. Apply again to go on.`,
    },
  );
}
