import type { Progress } from "../send/job.js";
import { addedSql } from "../../reconcile/change-set/fold.js";
import { endHandRemovalsOfAdded } from "../../reconcile/people/hand-removals.js";
import type { Failure } from "../../model/failure.js";
import type { ExportResult } from "../../model/run/run.js";
import type { HeldAccount } from "../../state/store.js";
import { keepAddressesSent } from "../../planner/opt-outs/keep-addresses.js";
import type { PreparedAccount, PreparedExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";
import type { RefusedExport } from "../refusal.js";
import { dropClaims } from "./apply-transition.js";
import {
  ensureAccountEntry,
  foldLedger,
  storeOptOuts,
  tallyRows,
  type FoldInput,
  type Tally,
} from "./fold-ledger.js";
import { resultOf, type SentExport } from "../result.js";
import { recordExport, type RecordedRun } from "./record-export.js";

/** The account of a run whose outcomes are recorded. */
export interface RecordInput extends RecordedRun {
  readonly account: PreparedAccount;
  /** Those of the account's exports that may be sent. */
  readonly exports: readonly PreparedExport[];
  /** The others, of which only withdrawals may be. */
  readonly refused: readonly RefusedExport[];
  readonly holder: HeldAccount;
  /** Safe as part of an SQL or file name. */
  readonly prefix: string;
}

/** What was sent, as far as it came. */
export interface SentExports {
  readonly ready: readonly PreparedExport[];
  readonly lists: ReadonlyMap<string, string>;
  readonly failures: ReadonlyMap<string, Failure>;
  readonly changeSets: FoldInput["changeSets"];
  readonly outcomes: FoldInput["outcomes"];
  readonly progress: ReadonlyMap<string, Progress>;
  readonly optOuts: PreparedAccount["optOuts"];
}

/** Folds what was sent into the ledger and says so in the root; `whole`: so that the ledger needs nothing that was stored before. */
export async function recordAccount(
  run: Run,
  input: RecordInput,
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

/** Everybody whom we added is off the list. */
function isOff(result: ExportResult | undefined): boolean {
  return result?.status === "succeeded" || result?.status === "unchanged";
}
