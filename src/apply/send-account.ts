import type { AccountJob, Progress } from "./send/job.js";
import { runAccount } from "./send/run-account.js";
import { createWereOnList } from "../reconcile/change-set/removals.js";
import { cutBatches } from "../reconcile/change-set/shipments.js";
import { createOutcomes } from "../reconcile/change-set/outcomes.js";
import type { Narrowing } from "../model/plan/narrowing.js";
import { overriddenNames } from "../plan/refusals.js";
import type { Destination } from "../plugin/destination.js";
import { openJournal, type JournalWriter } from "../state/journal/journal.js";
import type { RunLock } from "../state/lease.js";
import { beginRecord } from "../planner/transition/begun-record.js";
import type { PreparedExport } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import { shipmentsOf } from "../planner/rows/shipments.js";
import { isStorageFault, type ErroredCopy } from "./errored-copy.js";
import { followOptOuts } from "./ready/follow-opt-outs.js";
import { makeReady } from "./ready/make-ready.js";
import { storeManifest } from "../state/manifest.js";
import { recordRelocations } from "./record/apply-transition.js";
import { ensureAccountEntry, storeOptOuts } from "./record/fold-ledger.js";
import { rejectedLimitsOf } from "./rejected-limits.js";
import { removalOf } from "./ready/removal.js";
import { withFailure, type SentExport } from "./result.js";
import { recordAccount, type RecordInput } from "./record/record-account.js";
import { identityOf } from "./record/record-export.js";

export interface SendInput extends RecordInput {
  readonly startedAt: string;
  /** A person was asked after it was planned. */
  readonly asked: boolean;
  /** Of the run, for commands that go on from it. */
  readonly narrowing: Narrowing | undefined;
  readonly held: RunLock;
  /** By connection. */
  readonly writers: ReadonlyMap<string, Destination>;
  readonly stop: AbortSignal;
  /** Where what cannot be stored goes. */
  readonly errored: ErroredCopy;
}

/** Carries out the plan of one account: lists and fields, change set, requests, ledger. */
export async function sendAccount(run: Run, input: SendInput): Promise<SentExport[]> {
  const { engine, state, signal } = run;
  const { account, holder, prefix, runId } = input;
  const optOuts = followOptOuts(run, account, prefix);
  const {
    exports: ready,
    lists,
    failures,
  } = await makeReady(run, account, { ...input, optOuts }, (one) => writerOf(input, one));
  optOuts.addLists([...lists.values()]);
  const shipments = shipmentsOf(ready, lists);
  await recordRelocations(run, input, lists, failures);
  const changeSets = ready.map(({ wanted, changeSet }) => ({
    exportName: wanted.name,
    listId: lists.get(wanted.name) ?? "",
    path: changeSet.path,
  }));
  const batches = await cutBatches(engine, shipments);
  const outcomes = await createOutcomes(engine, prefix);
  let progress = new Map<string, Progress>();
  if (batches.length > 0) {
    const changeSet = await storeManifest(run, changeSets, shipments, batches);
    const optOutsNow = await storeOptOuts(run, prefix, optOuts.latest());
    await holder.update((root) => {
      const entry = ensureAccountEntry(root, account.key);
      // Before anybody is let go: whose the address was must outlive a crash.
      entry.optOuts = optOutsNow;
      // So far: of what a run that dies sends, only this is known.
      entry.spent = { ...account.open.spent };
      entry.openRun = {
        runId,
        changeSet,
        startedAt: input.startedAt,
        actor: input.actor,
        exports: ready.map(({ wanted }) => wanted.name),
      };
      for (const one of ready) {
        const listId = lists.get(one.wanted.name);
        if (!one.leaving && listId !== undefined) beginRecord(root, one, identityOf(one, listId));
      }
    }, signal);
    const journal = await openJournal(state.journals, account.key, runId, signal);
    await noteOverrides(journal, input, signal);
    const job: AccountJob = {
      accountKey: account.key,
      engine,
      capabilities: account.open.plugin.capabilities,
      shipments,
      batches,
      outcomes,
      journal,
      destinations: new Map(ready.map((one) => [one.wanted.name, writerOf(input, one)])),
      codecs: new Map(ready.map(({ wanted, codec }) => [wanted.name, codec])),
      readBack: new Map(ready.map(({ wanted }) => [wanted.name, wanted.readBack])),
      partlyRefused: new Set(),
      rejectedLimits: rejectedLimitsOf(input.narrowing, ready, shipments, batches),
      waitsFor: new Map(
        ready.flatMap(({ wanted, after }) => (after === undefined ? [] : [[wanted.name, after]])),
      ),
      wereOnList: await createWereOnList(engine, prefix, ready.map(removalOf), {
        claims: account.claims,
        clock: run.clock,
        forgotten: run.forgotten,
      }),
      scanChanged: async () =>
        account.optOuts.tellsContacts
          ? (await optOuts.readAgain(account.optOuts.watermark)).contacts
          : undefined,
      formerLists: new Map(ready.map(({ wanted, formerLists }) => [wanted.name, formerLists])),
      optOutsNow: () => optOuts.now(),
      everybody: account.optOuts.everybody,
      noteOptOuts: (found) => optOuts.note(found),
      contract: account.open.connection.contract?.contacts,
      jobTimeoutMs: account.open.connection.jobTimeoutSeconds * 1000,
      mustHold: () => input.held.mayWriteUntil(),
      lost: input.held.lost,
      emit: run.emit,
      signal,
      stop: input.stop,
    };
    progress = await runAccount(job);
    // Another run may have the account by now: what became of this one is settled from its journal.
    input.held.lost.throwIfAborted();
  }
  const sent = { ready, lists, failures, changeSets, outcomes, progress, optOuts: optOuts.latest() };
  try {
    return await recordAccount(run, input, sent, false);
  } catch (error) {
    const anything = [...progress.values()].some(({ requests }) => requests > 0);
    if (!anything || signal.aborted || !isStorageFault(error)) throw error;
    const names = input.exports.map(({ wanted }) => wanted.name);
    const { result, failure } = await input.errored.record(account.key, names, error, (beside, held) =>
      recordAccount(beside, { ...input, holder: held }, sent, true),
    );
    return result.map((one) => ({ ...one, result: withFailure(one.result, failure) }));
  }
}

/** Who let which check pass, next to what was sent because of it. */
async function noteOverrides(
  journal: JournalWriter,
  { exports, actor }: SendInput,
  signal: AbortSignal,
): Promise<void> {
  const notes = exports.flatMap((one) =>
    overriddenNames(one.plan).map((check) => ({
      type: "note" as const,
      name: "override",
      detail: { export: one.wanted.name, check, actor },
    })),
  );
  if (notes.length > 0) await journal.append(notes, signal);
}

function writerOf({ writers }: SendInput, { wanted }: PreparedExport): Destination {
  const destination = writers.get(wanted.connection);
  if (destination === undefined) throw new TypeError(`connection ${wanted.connection} is not open`);
  return destination;
}
