import { counted } from "../../model/words/counted.js";
import { readRowNumbers } from "../../reconcile/change-set/shipments.js";
import { recordBatch, recordRange, recordRows, refusedOutcome } from "../../reconcile/change-set/outcomes.js";
import { Failure } from "../../model/failure.js";
import { announceBatch, recordUnknown } from "./announce.js";
import type { BatchInFlight } from "./batch-in-flight.js";
import { sendRows, type SendOutcome } from "./send-rows.js";
import { settleTakenRows } from "./settle-taken-rows.js";

/** Requests that the search may take in one batch; one wrong row among 200,000 takes 36. */
const BUDGET = 64;
/** After so many refusals more than it takes to halve down to one row, and nothing accepted, it is not the rows. */
const HOPELESS = 8;

type Refused = Extract<SendOutcome, { status: "refused" }>;

/**
 * Sends a batch in parts, because the destination refused it as a whole
 * without naming the rows that are wrong. What is refused is halved until the
 * wrong rows are found one by one; all others are delivered on the way. A row
 * counts as wrong only if other rows of the batch were taken, since otherwise
 * something else is. What the budget leaves undone is not sent.
 */
export async function bisectBatch(sending: BatchInFlight, first: Refused): Promise<void> {
  const { job, shipment, batch } = sending;
  const numbers = await readRowNumbers(job.engine, shipment, batch, first.dropped);
  job.emit({
    type: "warning",
    export: shipment.exportName,
    message: `The destination refuses a request without naming the rows that are wrong (${first.reason}). They are searched for with at most ${BUDGET} requests.`,
  });
  const search = await tryParts(sending, numbers, first);
  if (search === "unknown") return;
  const { wrong, left, taken, requests } = search;
  const { clearsFirst } = shipment.route;
  if (taken === 0) {
    if (clearsFirst === true) await recordUnknown(job, shipment, batch, first.reason);
    throw notTheRows(first.reason, requests, clearsFirst === true);
  }
  await recordRows(job.engine, job.outcomes, shipment.exportName, wrong, refusedOutcome(shipment));
  for (const part of left)
    await recordRange(
      job.engine,
      job.outcomes,
      shipment,
      { ...part, without: first.dropped },
      {
        outcome: clearsFirst === true ? "unknown" : "not sent",
        reason: first.reason,
      },
    );
  // With rows left over the batch stays unknown to the journal, so that a run that settles it looks everybody up.
  if (left.length === 0) {
    await job.journal.append(
      [
        {
          type: "outcome",
          of: search.intent,
          results: [{ batch: batch.batch, status: "parts-done", refused: wrong }],
        },
      ],
      job.signal,
    );
  }
  await recordBatch(job.engine, job.outcomes, shipment, batch, "delivered");
  announceBatch(job, shipment, batch, "confirmed");
  const rows = left.reduce((sum, part) => sum + part.rows, 0);
  if (rows > 0) throw overBudget(rows, requests, first.reason);
}

/** Row numbers of one part, in order. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

interface Search {
  readonly wrong: readonly { readonly row: number; readonly reason: string }[];
  /** Parts that were refused and not searched any further. */
  readonly left: readonly Part[];
  /** Parts that the destination took, or said of its rows what is wrong. */
  readonly taken: number;
  readonly requests: number;
  /** `seq` of the last intent. */
  readonly intent: number;
}

async function tryParts(
  sending: BatchInFlight,
  numbers: readonly number[],
  { reason: why, dropped: without }: Refused,
): Promise<Search | "unknown"> {
  const wrong: { row: number; reason: string }[] = [];
  const left: Part[] = [];
  const before = sending.progress.requests;
  const spent = (): number => sending.progress.requests - before;
  let taken = 0;
  let intent = 0;
  const open = numbers.length === 1 ? [] : halves(numbers);
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const hopeless = taken === 0 && spent() >= HOPELESS + Math.log2(numbers.length);
    if (spent() >= BUDGET || hopeless) {
      left.push(range(part));
      continue;
    }
    const anyDone = taken > 0 || sending.shipment.route.clearsFirst === true;
    const sent = await sendPart(sending, range(part), without, anyDone);
    if (sent.status === "unknown") return "unknown";
    if (sent.intent > 0) intent = sent.intent;
    // Where it names rows of a part, it is rows that are wrong.
    if (sent.status === "delivered") taken += sent.taken || sent.rejected > 0 ? 1 : 0;
    else if (part.length === 1)
      wrong.push({ row: range(part).from, reason: `refused without a reason: ${why}` });
    else open.push(...halves(part.filter((row) => !sent.dropped.includes(row))));
  }
  return { wrong, left, taken, requests: spent(), intent };
}

/** As `sendRows`; when it throws after anything was carried out, the batch is looked up, since it is neither sent nor unsent. */
async function sendPart(
  sending: BatchInFlight,
  { from, to }: Part,
  without: readonly number[],
  anyDone: boolean,
): Promise<SendOutcome> {
  try {
    const sent = await sendRows(sending, { from, to, part: true, without });
    return sent.status === "taken" ? await settleTakenRows(sending, sent.range, sent.job, sent.before) : sent;
  } catch (error) {
    if (anyDone) {
      const reason = error instanceof Failure ? error.message : "unexpected error";
      await recordUnknown(sending.job, sending.shipment, sending.batch, reason);
    }
    throw error;
  }
}

/** The second one first: they are taken from the end. */
function halves(numbers: readonly number[]): (readonly number[])[] {
  const middle = Math.ceil(numbers.length / 2);
  return [numbers.slice(middle), numbers.slice(0, middle)].filter((half) => half.length > 0);
}

function range(part: readonly number[]): Part {
  return { from: part[0] ?? 0, to: part.at(-1) ?? 0, rows: part.length };
}

function notTheRows(reason: string, requests: number, cleared: boolean): Failure {
  return new Failure(
    "permanent",
    `the destination refuses the request, whatever people are in it: ${reason}`,
    {
      hint: `${requests === 0 ? "" : `Tried with ${requests} smaller ones. `}${cleared ? "What was to be emptied may be empty by now, and nothing else" : "Nothing"} was carried out; the same people are planned again.`,
    },
  );
}

function overBudget(rows: number, requests: number, reason: string): Failure {
  return new Failure(
    "permanent",
    `${counted(rows, "person was", "people were")} not sent: the destination refuses every request with them without naming who is wrong (${reason})`,
    {
      hint: `All others of the batch were sent. The search ended after ${counted(requests, "request")}; apply again to go on with it.`,
    },
  );
}
