import { shownTime } from "../../model/words/shown-time.js";
import { accountState, type OpenRun } from "../../state/root/root.js";
import { settleJob } from "../send/settle-job.js";
import { batchRowsSql } from "../../reconcile/change-set/shipments.js";
import {
  createOutcomes,
  recordBatch,
  recordDoubtful,
  recordRows,
  refusedOutcome,
  type BatchOutcome,
} from "../../reconcile/change-set/outcomes.js";
import type { JournalWriter } from "../../state/journal/journal.js";
import type { RefusedRow } from "../../state/journal/journal-entry.js";
import type { BatchState } from "../../state/journal/journal-state.js";
import type { RunLock } from "../../state/lease.js";
import type { HeldAccount } from "../../state/store.js";
import type { Route } from "../../plugin/codec.js";
import type { Destination } from "../../plugin/destination.js";
import type { OpenConnection } from "../../run/accounts.js";
import type { Run } from "../../run/run.js";
import { dateClaims } from "./date-claims.js";
import { waitForLapsedHolder, waitUntilQuiet } from "./wait-until-quiet.js";
import { ensureAccountEntry, foldLedger } from "../record/fold-ledger.js";
import { loadUnfinished } from "./unfinished-run.js";

export interface RecoverInput {
  readonly open: OpenConnection;
  readonly destination: Destination;
  readonly holder: HeldAccount;
  readonly held: RunLock;
  /** Safe as part of an SQL or file name. */
  readonly prefix: string;
}

/**
 * Settles what an earlier run left open: requests that may be under way are
 * waited out, jobs that were taken on are waited for, requests without an
 * answer become unknown claims, and everything goes into the ledger. The plan
 * that follows looks the unknown ones up, once the account is quiet, and sends
 * only what still differs.
 */
export async function recover(run: Run, input: RecoverInput): Promise<void> {
  const { open, destination, held } = input;
  const { accountKey } = open;
  await waitForLapsedHolder(run, open, destination, held);
  const openRun = accountState(run.state.root, accountKey)?.openRun;
  if (openRun !== undefined) await settleRun(run, input, openRun);
  const unknownAt = await dateClaims(run, input);
  if (openRun === undefined && unknownAt !== undefined)
    await waitUntilQuiet(run, open, destination, unknownAt);
}

async function settleRun(
  run: Run,
  { open, destination, holder, prefix }: RecoverInput,
  openRun: OpenRun,
): Promise<void> {
  const { config, engine, signal, emit } = run;
  const began = shownTime(openRun.startedAt, config.timezone);
  emit({ type: "stage", export: undefined, stage: `settling the unfinished run of ${began}` });
  const { sent, batches, journal } = await loadUnfinished(run, open.accountKey, openRun, prefix);
  const outcomes = await createOutcomes(engine, `${prefix}_recovered`);
  for (const progress of batches) {
    const batch = sent.batches.find((one) => one.batch === progress.batch);
    const shipment = batch === undefined ? undefined : sent.shipments[batch.shipment];
    const changeSet = sent.changeSets.find(({ exportName }) => exportName === progress.export);
    if (batch === undefined || shipment === undefined || changeSet === undefined) continue;
    const route = routeOf(open, progress, shipment.group);
    const refusal = refusedOutcome({ operation: shipment.operation, route });
    await recordRows(engine, outcomes, changeSet.exportName, progress.refused, refusal);
    const rows = batchRowsSql({ ...shipment, changeSet: changeSet.path }, batch);
    const { outcome, refused } = await settleBatch(run, open, destination, journal, {
      progress,
      rows,
      isTrusted: trusts(route),
      hasCleared: mayHaveCleared(progress, route),
    });
    await recordRows(engine, outcomes, changeSet.exportName, refused, refusal);
    if (outcome !== undefined) await recordBatch(engine, outcomes, shipment, batch, outcome);
    // Which of these were looked at before the run died nobody knows.
    const { doubtful } = open.plugin.codec([], open.connection);
    if (outcome === "delivered" && doubtful !== undefined && shipment.operation !== "remove")
      await recordDoubtful(
        engine,
        outcomes,
        changeSet.exportName,
        `${rows} AND (${doubtful.kinds.join(" OR ")})`,
      );
  }
  const sentAt = batches.map((batch) => Date.parse(batch.sentAt));
  await waitUntilQuiet(run, open, destination, Math.max(0, ...sentAt));
  const ledger = await foldLedger(run, {
    accountKey: open.accountKey,
    prefix: `${prefix}-recovered`,
    changeSets: sent.changeSets,
    outcomes,
  });
  await holder.update((root) => {
    const entry = ensureAccountEntry(root, open.accountKey);
    entry.ledger = ledger;
    entry.spent = { ...open.spent };
    delete entry.openRun;
  }, signal);
}

/** A batch of the run that died. */
interface RecoveredBatch {
  readonly progress: BatchState;
  /** FROM and WHERE of its rows. */
  readonly rows: string;
  /** The end of its job says what became of it. */
  readonly isTrusted: boolean;
  readonly hasCleared: boolean;
}

/** Whether an earlier request than the last one may have emptied what it was to empty, although it was refused. Pure. */
export function mayHaveCleared(
  { refused, parts }: Pick<BatchState, "refused" | "parts">,
  route: Pick<Route, "clearsFirst"> | undefined,
): boolean {
  return route?.clearsFirst === true && (refused.length > 0 || parts !== "none");
}

/** How a batch of the run that died ended; no outcome when it surely was not carried out. */
async function settleBatch(
  run: Run,
  open: OpenConnection,
  destination: Destination,
  journal: JournalWriter | undefined,
  { progress: batch, rows, isTrusted, hasCleared: cleared }: RecoveredBatch,
): Promise<{ outcome: BatchOutcome | undefined; refused: readonly RefusedRow[] }> {
  const { engine, signal } = run;
  const carriedOut = isTrusted ? "delivered" : "unknown";
  switch (batch.progress.status) {
    case "not-started":
      return { outcome: cleared ? "unknown" : undefined, refused: [] };
    case "unknown":
      return { outcome: "unknown", refused: [] };
    case "settled":
      return { outcome: batch.progress.job?.state === "failed" ? "unknown" : carriedOut, refused: [] };
    case "accepted": {
      if (journal === undefined) return { outcome: "unknown", refused: [] };
      const context = {
        engine,
        destination,
        journal,
        rows,
        signal,
        patienceMs: open.connection.jobTimeoutSeconds * 1000,
        onWait: () => undefined,
      };
      const end = await settleJob(context, batch.progress.job);
      // A job that failed may have carried a part out.
      if (end.status !== "ended") return { outcome: "unknown", refused: [] };
      return { outcome: carriedOut, refused: end.refused };
    }
  }
}

/** The one of that name, by which these were sent; undefined where nobody knows. */
function routeOf(
  { plugin, connection }: OpenConnection,
  { operation, route }: BatchState,
  group: string,
): Route | undefined {
  const codec = plugin.codec([], connection);
  return [1, 1_000_000].map((rows) => codec.route(operation, rows, group)).find(({ name }) => name === route);
}

/** A route that needs read-back was not read back by the run that died. */
function trusts(route: Route | undefined): boolean {
  return route?.evidence === "job-completed" || route?.evidence === "accepted";
}
