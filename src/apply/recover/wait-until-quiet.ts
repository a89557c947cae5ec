import { believedTime } from "../../model/believed-time.js";
import { Failure } from "../../model/failure.js";
import { wait } from "../../platform/wait.js";
import type { Destination } from "../../plugin/destination.js";
import type { RunLock } from "../../state/lease.js";
import type { OpenConnection } from "../../run/accounts.js";
import type { Run } from "../../run/run.js";

/** Waits until a run that stopped without giving the account back can have no request under way any more. */
export async function waitForLapsedHolder(
  run: Run,
  open: OpenConnection,
  destination: Destination,
  { lapsed }: RunLock,
): Promise<void> {
  if (lapsed === undefined) return;
  const { who, pid, operation } = lapsed.holder;
  const reason = `a request of ${who} (process ${pid}, ${operation}), which did not give the account back, may be under way`;
  await untilOver(run, open, lapsed.untilHere + destination.requestMs, reason);
}

/**
 * Waits until nothing is on its way to the account or at work on it: what is
 * read then is what became of a request without an answer. Throws when jobs go
 * on for longer than a job may take.
 */
export async function waitUntilQuiet(
  run: Run,
  open: OpenConnection,
  destination: Destination,
  /** Epoch ms of the last request without an answer, by the clock of whoever sent it. */
  since: number,
): Promise<void> {
  await untilOver(
    run,
    open,
    believedTime(since, Date.now()) + destination.requestMs,
    "a request without an answer may be under way",
  );
  const started = performance.now();
  for (let asked = 0; !(await destination.idle(run.signal)); asked++) {
    if (performance.now() - started > open.connection.jobTimeoutSeconds * 1000) throw busy(open);
    const ms = destination.pollDelay(asked);
    if (ms >= 1000) tell(run, open, "jobs are still queued or running", ms);
    await wait(ms, run.signal);
  }
}

async function untilOver(run: Run, open: OpenConnection, at: number, reason: string): Promise<void> {
  const ms = at - Date.now();
  if (ms <= 0) return;
  if (ms >= 1000) tell(run, open, reason, ms);
  await wait(ms, run.signal);
}

function tell({ emit }: Run, { connection }: OpenConnection, reason: string, ms: number): void {
  emit({ type: "waiting", account: connection.name, reason, seconds: Math.ceil(ms / 1000) });
}

function busy({ connection }: OpenConnection): Failure {
  return new Failure("transient", `The account of connection "${connection.name}" is still at work.`, {
    hint: "Nothing was sent: what became of an earlier request cannot be told before its jobs have ended. Run again later; if a job is stuck, end it at the destination.",
  });
}
