import { accountState } from "../../state/root.js";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { settleJob } from "../../apply/settle-job.js";
import { createOutcomes, recordBatch, recordRows, type OutcomeTables } from "../../engine/fold.js";
import type { Evidence } from "../../model/change.js";
import { openJournal, readJournal } from "../../state/journal.js";
import { journalState, type BatchState } from "../../state/journal-state.js";
import type { HeldAccount } from "../../state/store.js";
import type { OpenConnection } from "../accounts.js";
import type { Session } from "../prepare/session.js";
import { accountEntry, foldLedger } from "./record.js";

/** Name of the note that says which list an export of a run writes to. */
export const LIST_NOTE = "list";

/** How long open jobs of a run that died are waited for before its unknown rows are looked up. */
const IDLE_PATIENCE_MS = 10 * 60 * 1000;

/**
 * Settles what an earlier run left open: jobs that were taken on are waited
 * for, requests without an answer become unknown claims, and everything goes
 * into the ledger. The plan that follows looks the unknown ones up and sends
 * only what still differs.
 */
export async function recover(
  session: Session,
  open: OpenConnection,
  holder: HeldAccount,
  prefix: string,
): Promise<void> {
  const { state, scratch, engine, signal, emit } = session;
  const openRun = accountState(state.root, open.accountKey)?.openRun;
  if (openRun === undefined) return;
  emit({ type: "stage", export: undefined, stage: `settling the unfinished run of ${openRun.startedAt}` });
  const changeSet = join(scratch, `${prefix}-recovered.parquet`);
  await state.fetchBlob(openRun.changeSet, changeSet, signal);
  const { batches, notes } = journalState(
    await readJournal(state.backend, open.accountKey, openRun.runId, signal),
  );
  const lists = new Map(
    notes
      .filter(({ name }) => name === LIST_NOTE)
      .map(({ detail }) => [String(detail["export"]), String(detail["list"])]),
  );
  const outcomes = await createOutcomes(engine, `${prefix}_recovered`);
  const journal = await openJournal(state.backend, open.accountKey, openRun.runId, signal);
  for (const batch of batches) {
    await recordRows(engine, outcomes, batch.refused, "rejected");
    const settled = await settle(session, open, { changeSet, journal }, batch, outcomes);
    if (settled)
      await recordBatch(engine, outcomes, batch.batch, trusts(open, batch) ? "delivered" : "unknown");
  }
  await untilIdle(session, open);
  const ledger =
    lists.size === 0
      ? undefined
      : await foldLedger(session, {
          accountKey: open.accountKey,
          prefix: `${prefix}-recovered`,
          changeSet,
          outcomes,
          lists,
        });
  await holder.update((root) => {
    const entry = accountEntry(root, open.accountKey);
    if (ledger !== undefined) entry.ledger = ledger;
    delete entry.openRun;
  }, signal);
}

/** True when the batch was carried out as far as the destination's own word goes. */
async function settle(
  session: Session,
  open: OpenConnection,
  run: { readonly changeSet: string; readonly journal: Awaited<ReturnType<typeof openJournal>> },
  batch: BatchState,
  outcomes: OutcomeTables,
): Promise<boolean> {
  const { engine, signal } = session;
  switch (batch.progress.status) {
    case "not-started":
      return false;
    case "unknown":
      await recordBatch(engine, outcomes, batch.batch, "unknown");
      return false;
    case "settled":
      return batch.progress.job?.state !== "failed";
    case "accepted": {
      const end = await settleJob(
        {
          engine,
          destination: open.destination,
          ...run,
          batch: batch.batch,
          signal,
          onWait: () => undefined,
        },
        batch.progress.job,
      );
      if (end.status === "ended") await recordRows(engine, outcomes, end.refused, "rejected");
      if (end.status === "unknown") await recordBatch(engine, outcomes, batch.batch, "unknown");
      return end.status === "ended";
    }
  }
}

/** A route that needs read-back was not read back by the run that died. */
function trusts({ plugin, connection }: OpenConnection, { operation, route }: BatchState): boolean {
  const codec = plugin.codec([], connection);
  const routes = [codec.route(operation, 1), codec.route(operation, 1_000_000)];
  const evidence: Evidence | undefined = routes.find(({ name }) => name === route)?.evidence;
  return evidence === "job-completed" || evidence === "accepted";
}

async function untilIdle({ signal }: Session, { destination }: OpenConnection): Promise<void> {
  const started = Date.now();
  for (let asked = 0; !(await destination.idle(signal)); asked++) {
    if (Date.now() - started > IDLE_PATIENCE_MS) return;
    await sleep(destination.pollDelay(asked), undefined, { signal });
  }
}
