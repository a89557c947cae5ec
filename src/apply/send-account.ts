import type { AccountJob, Progress } from "./send/job.js";
import { runAccount } from "./send/run-account.js";
import { createWereOnList } from "../reconcile/change-set/removals.js";
import { cutBatches } from "../reconcile/change-set/shipments.js";
import { addedSql } from "../reconcile/change-set/fold.js";
import { createOutcomes } from "../reconcile/change-set/outcomes.js";
import { endHandRemovalsOfAdded } from "../reconcile/people/hand-removals.js";
import type { Failure } from "../model/failure.js";
import type { Narrowing } from "../model/plan/narrowing.js";
import type { ExportResult } from "../model/run/run.js";
import { overriddenNames } from "../plan/refusals.js";
import type { Destination } from "../plugin/destination.js";
import { openJournal, type JournalWriter } from "../state/journal/journal.js";
import type { RunLock } from "../state/lease.js";
import { exportState, wasApplied, type ListIdentity } from "../state/root/root.js";
import type { HeldAccount } from "../state/store.js";
import { beginRecord, begunRecord } from "../planner/transition/begun-record.js";
import { keepAddressesSent } from "../planner/opt-outs/keep-addresses.js";
import type { PreparedAccount, PreparedExport } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import { shipmentsOf } from "../planner/rows/shipments.js";
import { isStorageFault, type ErroredCopy } from "./errored-copy.js";
import { followOptOuts } from "./ready/follow-opt-outs.js";
import { makeReady } from "./ready/make-ready.js";
import type { RefusedExport } from "./refusal.js";
import { storeManifest } from "../state/manifest.js";
import { dropClaims, recordRelocations } from "./record/apply-transition.js";
import {
  ensureAccountEntry,
  foldLedger,
  storeOptOuts,
  tallyRows,
  type FoldInput,
  type Tally,
} from "./record/fold-ledger.js";
import { rejectedLimitsOf } from "./rejected-limits.js";
import { removalOf } from "./ready/removal.js";
import { resultOf, withFailure, type SentExport, type SentResult } from "./result.js";

export interface SendInput {
  readonly runId: string;
  readonly actor: string;
  readonly startedAt: string;
  /** Of the saved plan that is applied. */
  readonly planId: string | undefined;
  readonly account: PreparedAccount;
  /** A person was asked after it was planned. */
  readonly asked: boolean;
  /** The rest of the definition is still to be applied. */
  readonly removalsOnly: boolean;
  /** Of the run, for commands that go on from it. */
  readonly narrowing: Narrowing | undefined;
  /** Those of the account's exports that may be sent. */
  readonly exports: readonly PreparedExport[];
  /** The others, of which only withdrawals may be. */
  readonly refused: readonly RefusedExport[];
  readonly held: RunLock;
  readonly holder: HeldAccount;
  /** By connection. */
  readonly writers: ReadonlyMap<string, Destination>;
  readonly stop: AbortSignal;
  /** Where what cannot be stored goes. */
  readonly errored: ErroredCopy;
  /** Safe as part of an SQL or file name. */
  readonly prefix: string;
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

interface SentExports {
  readonly ready: readonly PreparedExport[];
  readonly lists: ReadonlyMap<string, string>;
  readonly failures: ReadonlyMap<string, Failure>;
  readonly changeSets: FoldInput["changeSets"];
  readonly outcomes: FoldInput["outcomes"];
  readonly progress: ReadonlyMap<string, Progress>;
  readonly optOuts: PreparedAccount["optOuts"];
}

/** Folds what was sent into the ledger and says so in the root; `whole`: so that the ledger needs nothing that was stored before. */
async function recordAccount(
  run: Run,
  input: SendInput,
  { ready, lists, failures, changeSets, outcomes, progress, optOuts }: SentExports,
  whole: boolean,
): Promise<SentExport[]> {
  const { account, holder, prefix } = input;
  const fold = { accountKey: account.key, prefix, changeSets, outcomes, whole };
  let ledger = ready.length === 0 ? undefined : await foldLedger(run, fold);
  const tallies = ready.length === 0 ? new Map<string, Tally>() : await tallyRows(run, fold);
  await keepAddressesSent(run, optOuts, changeSets);
  if (changeSets.length > 0)
    await endHandRemovalsOfAdded(run.engine, optOuts.handRemovals, addedSql(changeSets, outcomes));
  const storedOptOuts = await storeOptOuts(run, prefix, optOuts);
  const all = [...input.exports, ...input.refused.map((refusal) => refusal.export)];
  const results = all.map((one, index) => {
    const { name } = one.wanted;
    const result = resultOf(one, tallies.get(name), progress.get(name), failures.get(name));
    const refused = index >= input.exports.length && result.status !== "interrupted";
    return refused ? { ...result, status: "refused" as const } : result;
  });
  const gone = input.exports.filter(({ leaving }, index) => leaving && isOff(results[index]));
  if (ledger !== undefined) ledger = await dropClaims(run, ledger, gone, prefix);
  const finishedAt = new Date().toISOString();
  await holder.update((root) => {
    const entry = ensureAccountEntry(root, account.key);
    if (ledger !== undefined) entry.ledger = ledger;
    entry.optOuts = storedOptOuts;
    entry.spent = { ...account.open.spent };
    delete entry.openRun;
    for (const [index, one] of all.entries()) {
      const result = results[index];
      const listId = lists.get(one.wanted.name);
      if (gone.includes(one)) delete root.exports[one.wanted.name];
      else if (result !== undefined && listId !== undefined)
        recordExport(root, input, one, listId, result, finishedAt);
    }
  }, run.signal);
  return results.map((result) => ({ result, unknownBy: tallies.get(result.name)?.unknownBy }));
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

/** Everybody whom we added is off the list. */
function isOff(result: ExportResult | undefined): boolean {
  return result?.status === "succeeded" || result?.status === "unchanged";
}

function writerOf({ writers }: SendInput, { wanted }: PreparedExport): Destination {
  const destination = writers.get(wanted.connection);
  if (destination === undefined) throw new TypeError(`connection ${wanted.connection} is not open`);
  return destination;
}

/**
 * The definition counts as applied once everything was sent. A first run that
 * was cut off or refused stays a first run, so that people found on the list are told
 * apart from those we add.
 */
function recordExport(
  root: Parameters<Parameters<HeldAccount["update"]>[0]>[0],
  input: SendInput,
  one: PreparedExport,
  listId: string,
  result: SentResult,
  at: string,
): void {
  const { name } = one.wanted;
  const begun = exportState(root, name);
  const whole =
    !input.removalsOnly &&
    !one.leaving &&
    (result.status === "succeeded" ||
      result.status === "unchanged" ||
      (result.status === "partly" && result.error === undefined));
  const { added, updated, removed, rejected, unknown, overrides } = result;
  if (!whole && (begun === undefined || !wasApplied(begun))) {
    // Nobody is there because of it.
    if (one.applied === undefined && added + updated + removed + rejected + unknown === 0)
      delete root.exports[name];
    return;
  }
  const known = begun ?? begunRecord(one, identityOf(one, listId));
  const touched = result.status !== "unchanged" && (result.status !== "refused" || removed + unknown > 0);
  const { moving, formerIds, ...kept } = known;
  const ids = whole ? one.formerIds : (formerIds ?? []);
  root.exports[name] = {
    ...kept,
    ...(moving === true && !whole ? { moving } : {}),
    ...(ids.length > 0 ? { formerIds: [...ids] } : {}),
    generation: known.generation + (touched && wasApplied(known) ? 1 : 0),
    definition: whole ? { ...one.definition, compiled: { ...one.program } } : known.definition,
    list: whole ? identityOf(one, listId) : known.list,
    lastRun: {
      id: input.runId,
      status: result.status,
      at,
      actor: input.actor,
      counts: { added, updated, removed, rejected, unknown },
      ...(input.planId === undefined ? {} : { plan: input.planId }),
      ...(overrides.length > 0 ? { overrides: overrides.map((check) => ({ check })) } : {}),
    },
  };
}

function identityOf({ list, open, wanted }: PreparedExport, listId: string): ListIdentity {
  const name = list?.name ?? ("name" in wanted.list ? wanted.list.name : undefined);
  return { accountId: open.accountKey, listId, ...(name === undefined ? {} : { name }) };
}
