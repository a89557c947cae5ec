import type { Failure } from "../model/failure.js";
import { keptFailure } from "../platform/defects.js";
import { accountState } from "../state/root/root.js";
import type { HeldAccount } from "../state/store.js";
import { recover } from "../apply/recover/recover.js";
import type { Locks } from "../run/locks.js";
import type { Run } from "../run/run.js";
import type { ForgetTarget } from "./open-targets.js";

/** What became of the accounts that state knows. */
export interface SettledAccounts {
  readonly holders: ReadonlyMap<string, HeldAccount>;
  /** Accounts with an unfinished run that cannot be settled now; their part of the state has to stay. */
  readonly failures: ReadonlyMap<string, Failure>;
}

/** Where no account was taken. */
export const NOBODY: SettledAccounts = { holders: new Map(), failures: new Map() };

/** Takes every account of the state and settles what earlier runs left open there. */
export async function settleAccounts(
  run: Run,
  targets: readonly ForgetTarget[],
  locks: Locks,
): Promise<SettledAccounts> {
  const { state, signal } = run;
  const holders = new Map<string, HeldAccount>();
  const failures = new Map<string, Failure>();
  for (const [index, { key, open, destination, failure }] of targets.entries()) {
    const account = key === undefined ? undefined : accountState(state.root, key);
    if (key === undefined || account === undefined) continue;
    const holder = await state.takeAccount(key, account.type, signal);
    holders.set(key, holder);
    if (open === undefined || destination === undefined) {
      if (accountState(state.root, key)?.openRun !== undefined && failure !== undefined)
        failures.set(key, failure);
      continue;
    }
    try {
      await recover(run, {
        open,
        destination,
        holder,
        held: locks.of(key),
        prefix: `forget_old${index}`,
      });
    } catch (error) {
      failures.set(key, keptFailure(error));
    }
  }
  return { holders, failures };
}
