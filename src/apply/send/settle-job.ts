import { counted } from "../../model/words/counted.js";
import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../../engine/engine.js";
import { Failure } from "../../model/failure.js";
import { AccountFull } from "../../plugin/account-full.js";
import type { Destination, JobState } from "../../plugin/destination.js";
import type { Relation } from "../../plugin/relation.js";
import type { JournalWriter } from "../../state/journal/journal.js";

/** How a job ended, with the rows of the change set that it refused. */
export type JobEnd =
  | {
      readonly status: "ended";
      readonly refused: readonly { readonly row: number; readonly reason: string }[];
    }
  /** Without `reason` the destination gave none. */
  | { readonly status: "failed"; readonly reason: string | undefined }
  /** Some were stored until the account was full; without `rows` nobody can tell who. */
  | {
      readonly status: "full";
      readonly failure: AccountFull;
      readonly rows: readonly { readonly row: number; readonly reason: string | null }[] | undefined;
    }
  | { readonly status: "unknown"; readonly reason: string };

export interface SettleContext {
  readonly engine: Engine;
  readonly destination: Destination;
  readonly journal: JournalWriter;
  /** FROM and WHERE of the batch's rows, with `file_row_number`. */
  readonly rows: string;
  readonly signal: AbortSignal;
  /** A job that has not ended after this long is left as unknown for the next run to look up. */
  readonly patienceMs: number;
  /** Asked before each look at the job; throws when this run may not go on. */
  readonly mayGoOn?: () => void;
  /** Told while we wait. */
  readonly onWait: (seconds: number) => void;
}

/** Waits until a job ends, reads whom it refused, and writes that into the journal. */
export async function settleJob(context: SettleContext, job: string): Promise<JobEnd> {
  const ended = await waitForEnd(context, job);
  if (ended === undefined)
    return { status: "unknown", reason: `the job did not end within ${inWords(context.patienceMs)}` };
  if (ended.state === "gone") return { status: "unknown", reason: "the destination no longer knows the job" };
  if (ended.state === "running") return { status: "unknown", reason: "the job did not end" };
  if (ended.state === "failed") {
    await context.journal.append([{ type: "job", job, state: "failed", refused: [] }], context.signal);
    return { status: "failed", reason: ended.message };
  }
  try {
    const refused = ended.state === "completed" ? [] : await readRefused(context, job);
    await context.journal.append([{ type: "job", job, state: ended.state, refused }], context.signal);
    return { status: "ended", refused };
  } catch (error) {
    // Not in the journal: a run that settles the job again comes to the same.
    if (error instanceof AccountFull) return await fullOf(context, error);
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return { status: "unknown", reason: `the error report could not be read: ${error.message}` };
  }
}

async function waitForEnd(
  { destination, signal, onWait, patienceMs, mayGoOn }: SettleContext,
  job: string,
): Promise<JobState | undefined> {
  const started = performance.now();
  for (let asked = 0; performance.now() - started < patienceMs; asked++) {
    const delay = destination.pollDelay(asked);
    onWait(delay / 1000);
    await sleep(delay, undefined, { signal });
    mayGoOn?.();
    const [state] = await destination.jobs([job], signal);
    if (state !== undefined && state.state !== "running") return state;
  }
  return undefined;
}

function inWords(ms: number): string {
  const minutes = ms / 60_000;
  return minutes >= 1 ? counted(minutes, "minute") : counted(ms / 1000, "second");
}

/** Rows of the batch whose address the report names. One that names others is not read rightly, or not of this batch. */
async function readRefused(context: SettleContext, job: string): Promise<{ row: number; reason: string }[]> {
  const report = await context.destination.rejects(job, context.signal);
  const rows = await rowsOf(context, report);
  return rows.map(({ row, reason }) => ({ row, reason: reason ?? "refused" }));
}

async function fullOf(context: SettleContext, failure: AccountFull): Promise<JobEnd> {
  const { unstored } = failure;
  try {
    const rows = unstored === undefined ? undefined : await rowsOf(context, unstored);
    return { status: "full", failure, rows };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return { status: "full", failure, rows: undefined };
  }
}

async function rowsOf(
  { engine, rows }: SettleContext,
  report: Relation,
): Promise<{ row: number; reason: string | null }[]> {
  const others = await engine.count(
    `SELECT count(*) FROM (SELECT address_key(email) AS key FROM (${report.sql})) AS r
     WHERE key IS NULL OR key NOT IN (SELECT key FROM ${rows})`,
  );
  if (others > 0)
    throw new Failure("permanent", `it names ${counted(others, "address", "addresses")} that were not sent`);
  return engine.rows(
    `SELECT c.row, min(r.reason) AS reason
     FROM (SELECT file_row_number AS row, key FROM ${rows}) AS c
     JOIN (SELECT address_key(email) AS key, reason FROM (${report.sql})) AS r ON r.key = c.key GROUP BY c.row`,
  );
}
