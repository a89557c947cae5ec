import { hostname } from "node:os";
import type { Config } from "../model/config.js";
import { operationIn, type LockSubject } from "../model/lock.js";
import { LeaseHeld, type StateBackend } from "../plugin/state-backend.js";
import { accountLease, withLease, type Held } from "../state/lease.js";

/** Where locks are taken, for what, and by whom. */
export interface Locking {
  readonly backend: StateBackend;
  readonly config: Config;
  /** What is done under the locks, as `lock list` shows it. */
  readonly operation: string;
  readonly actor: string;
  readonly signal: AbortSignal;
  /** Filled with the accounts that others hold, which are then left out; without it one of them ends everything. */
  readonly elsewhere?: Map<string, LeaseHeld> | undefined;
}

/**
 * Works while holding the locks of these accounts: the one way to take them.
 * They are taken in one order, so that two runs cannot wait for each other.
 * `held` is filled with them by account key, as they are taken.
 */
export function holdingLocks<Result>(
  subjects: Iterable<LockSubject>,
  locking: Locking,
  work: (held: ReadonlyMap<string, Held>) => Promise<Result>,
  held = new Map<string, Held>(),
): Promise<Result> {
  const byAccount = new Map([...subjects].map((subject) => [subject.account, subject]));
  const inOrder = [...byAccount.values()].sort((one, other) => (one.account < other.account ? -1 : 1));
  return holdNext(inOrder, locking, work, held);
}

/** Accounts of which only the keys are known. */
export function bareSubjects(accounts: Iterable<string>): LockSubject[] {
  return [...accounts].map((account) => ({ account, label: account, connections: [] }));
}

async function holdNext<Result>(
  subjects: readonly LockSubject[],
  locking: Locking,
  work: (held: ReadonlyMap<string, Held>) => Promise<Result>,
  held: Map<string, Held>,
): Promise<Result> {
  const [subject, ...others] = subjects;
  if (subject === undefined) return work(held);
  const { backend, config, operation, actor, signal, elsewhere } = locking;
  const { account } = subject;
  const info = {
    operation: operationIn(config.environment, operation),
    who: `${actor} on ${hostname()}`,
    pid: process.pid,
    subject,
  };
  const next = (): Promise<Result> => holdNext(others, locking, work, held);
  try {
    return await withLease(
      backend,
      accountLease(account),
      info,
      (lease) => {
        held.set(account, lease);
        return next();
      },
      { signal, ttlMs: config.state.lockTtlSeconds * 1000 },
    );
  } catch (error) {
    if (elsewhere === undefined || held.has(account) || !(error instanceof LeaseHeld)) throw error;
    elsewhere.set(account, error);
    return next();
  }
}

/** The lock of an account that this run holds. */
export function lockOf(held: ReadonlyMap<string, Held>, key: string): Held {
  const lock = held.get(key);
  if (lock === undefined) throw new TypeError(`account ${key} is not held`);
  return lock;
}
