import { hostname } from "node:os";
import type { Config } from "../model/config/config.js";
import { Failure } from "../model/failure.js";
import type { LockSubject } from "../model/run/lock.js";
import { shownTime } from "../model/words/shown-time.js";
import { LeaseHeld } from "../plugin/state-backend.js";
import { accountLeaseName, withLease, type RunLock } from "../state/lease.js";
import { accountState } from "../state/root/root.js";
import type { HeldAccount, StateStore } from "../state/store.js";
import type { OpenConnection } from "./accounts.js";
import { withForgotten } from "./forgotten.js";
import type { Run } from "./run.js";

/** Whose accounts are locked. */
interface LockContext {
  readonly state: Pick<StateStore, "backend">;
  readonly config: Pick<Config, "environment" | "state">;
  readonly signal: AbortSignal;
}

export interface LockPurpose {
  /** What is done under the locks, as `lock list` shows it. */
  readonly operation: string;
  readonly actor: string;
  /** Accounts that others hold are left out; without it one of them ends everything. */
  readonly leavesOutHeld?: boolean | undefined;
}

/**
 * The locks of the accounts that a run writes to: the one way to take them. They
 * are made before the connections, which ask them whether they may write, and
 * taken once it is known which accounts those lead to.
 */
export class Locks {
  readonly #run: LockContext;
  readonly #purpose: LockPurpose;
  readonly #held = new Map<string, RunLock>();
  readonly #elsewhere = new Map<string, LeaseHeld>();

  constructor(run: LockContext, purpose: LockPurpose) {
    this.#run = run;
    this.#purpose = purpose;
  }

  /** By account key, as they are taken. */
  get held(): ReadonlyMap<string, RunLock> {
    return this.#held;
  }

  /** Accounts that were left out because others hold them. */
  get elsewhere(): ReadonlyMap<string, Failure> {
    return this.#elsewhere;
  }

  /** The lock of an account that this run holds. */
  of(account: string): RunLock {
    const lock = this.#held.get(account);
    if (lock === undefined) throw new TypeError(`account ${account} is not locked`);
    return lock;
  }

  /** See `Held.mayWriteUntil`. */
  readonly mayWriteUntil = (account: string): Promise<number> => this.of(account).mayWriteUntil();

  /** Works while it holds the locks of these accounts. They are taken in one order, so that two runs cannot wait for each other. */
  hold<Result>(subjects: Iterable<LockSubject>, work: () => Promise<Result>): Promise<Result> {
    const byAccount = new Map([...subjects].map((subject) => [subject.account, subject]));
    const inOrder = [...byAccount.values()].sort((one, other) => (one.account < other.account ? -1 : 1));
    return this.#holdNext(inOrder, work);
  }

  async #holdNext<Result>(subjects: readonly LockSubject[], work: () => Promise<Result>): Promise<Result> {
    const [subject, ...others] = subjects;
    if (subject === undefined) return work();
    const { state, config, signal } = this.#run;
    const { operation, actor, leavesOutHeld } = this.#purpose;
    const { account } = subject;
    const info = {
      operation,
      environment: config.environment,
      who: `${actor} on ${hostname()}`,
      pid: process.pid,
      subject,
    };
    const next = (): Promise<Result> => this.#holdNext(others, work);
    try {
      return await withLease(
        state.backend,
        accountLeaseName(account),
        info,
        (lease) => {
          this.#held.set(account, lease);
          return next();
        },
        { signal, ttlMs: config.state.lockTtlSeconds * 1000 },
      );
    } catch (error) {
      if (leavesOutHeld !== true || this.#held.has(account) || !(error instanceof LeaseHeld)) throw error;
      this.#elsewhere.set(account, error);
      return next();
    }
  }
}

/** Works under the locks of accounts that are known by their keys. */
export function withLocks<Result>(
  run: LockContext,
  accounts: Iterable<string>,
  purpose: LockPurpose,
  work: (locks: Locks) => Promise<Result>,
): Promise<Result> {
  const locks = new Locks(run, purpose);
  return locks.hold(subjectsOfKeys(accounts), () => work(locks));
}

/** Works on one account under its lock, on the newest state. */
export function withAccount<Result>(
  run: Run,
  open: OpenConnection,
  locks: Locks,
  work: (run: Run, holder: HeldAccount) => Promise<Result>,
): Promise<Result> {
  return locks.hold(subjectsOf([open]), async () => {
    const holder = await run.state.takeAccount(open.accountKey, open.connection.type, run.signal);
    // Only under the lock, because a `forget` may have ended just before.
    return work(await withForgotten(run), holder);
  });
}

/** Accounts of which only the keys are known. */
export function subjectsOfKeys(accounts: Iterable<string>): LockSubject[] {
  return [...accounts].map((account) => ({ account, label: account, connections: [] }));
}

/** The accounts that connections lead to. */
export function subjectsOf(connections: readonly OpenConnection[]): LockSubject[] {
  return connections.map(({ accountKey, account }) => ({
    account: accountKey,
    label: account.label,
    connections: connections
      .filter((other) => other.accountKey === accountKey)
      .map(({ connection }) => connection.name),
  }));
}

/** While a run is under way or was cut off, the record does not say what is on the lists. */
export function mustBeSettled({ config, state }: Run, { accountKey, connection }: OpenConnection): void {
  const openRun = accountState(state.root, accountKey)?.openRun;
  if (openRun === undefined) return;
  throw new Failure(
    "conflict",
    `The run of ${shownTime(openRun.startedAt, config.timezone)} on connection "${connection.name}" has not finished, so nobody can tell what it did from what others did.`,
    { hint: "Wait for it, or run `rollcall apply`, which settles it. Then run this again." },
  );
}
