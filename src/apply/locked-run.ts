import type { Failure } from "../model/failure.js";
import { keptFailure } from "../platform/defects.js";
import type { Export } from "../model/config/export.js";
import { accountState, type StateRoot } from "../state/root/root.js";
import type { HeldAccount } from "../state/store.js";
import type { OpenConnection } from "../run/accounts.js";
import { withForgotten } from "../run/forgotten.js";
import type { Locks } from "../run/locks.js";
import type { RunAccounts } from "../planner/prepare.js";
import type { RowsFrom } from "../planner/rows/rows-from.js";
import type { Run } from "../run/run.js";
import { recover } from "./recover/recover.js";

/** A run whose accounts are locked. */
export interface LockedRun {
  readonly run: { readonly id: string; readonly startedAt: string };
  readonly exports: readonly Export[];
  /** Of the saved plan, if one is applied. */
  readonly rows: RowsFrom | undefined;
  readonly accounts: RunAccounts;
  /** The record before any lock was held. */
  readonly before: StateRoot;
  readonly byKey: ReadonlyMap<string, OpenConnection>;
  readonly locks: Locks;
}

/** What is known once earlier runs are settled. */
export interface SettledRuns {
  /** Knows who was forgotten. */
  readonly run: Run;
  /** By account. */
  readonly holders: ReadonlyMap<string, HeldAccount>;
  /** Accounts whose unfinished run cannot be settled now, or that another run holds, and why. */
  readonly unsettled: ReadonlyMap<string, Failure>;
}

/** Takes the accounts of a run for it, and settles what earlier runs left open there. */
export async function settleEarlierRuns(opened: Run, locked: LockedRun): Promise<SettledRuns> {
  const holders = new Map<string, HeldAccount>();
  for (const key of locked.locks.held.keys()) {
    const type = locked.byKey.get(key)?.connection.type ?? accountState(opened.state.root, key)?.type;
    if (type !== undefined) holders.set(key, await opened.state.takeAccount(key, type, opened.signal));
  }
  // Only under the locks, because a `forget` may have ended just before.
  const run = await withForgotten(opened);
  const unsettled = new Map<string, Failure>(locked.locks.elsewhere);
  for (const [index, [key, open]] of [...locked.byKey].entries()) {
    const holder = holders.get(key);
    const destination = locked.accounts.writers.get(open.connection.name);
    if (destination === undefined || holder === undefined) continue;
    try {
      const held = locked.locks.of(key);
      await recover(run, { open, destination, holder, held, prefix: `old${index}` });
    } catch (error) {
      unsettled.set(key, keptFailure(error));
    }
  }
  return { run, holders, unsettled };
}
