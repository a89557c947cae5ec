import type { LockSubject } from "../model/lock.js";
import type { LeaseHeld } from "../plugin/state-backend.js";
import type { Held } from "../state/lease.js";
import type { OpenConnection } from "./accounts.js";
import { bareSubjects, holdingLocks } from "./locks.js";
import type { Session } from "./run.js";

export interface HoldOptions {
  /** What is done under the locks, as `lock list` shows it. */
  readonly operation: string;
  readonly actor: string;
  readonly connections: Iterable<OpenConnection>;
  /** More accounts, by their keys, that no open connection leads to. */
  readonly accounts?: Iterable<string>;
  /** Filled with the locks by account key, as they are taken. */
  readonly held: Map<string, Held>;
  /** Filled with the accounts that others hold, which are then left out; without it one of them ends everything. */
  readonly elsewhere?: Map<string, LeaseHeld> | undefined;
}

/** Works while holding the locks of all accounts that the connections of a session lead to, and of more. */
export function holdingAccounts<Result>(
  { state, config, signal }: Session,
  { operation, actor, connections, accounts = [], held, elsewhere }: HoldOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const locking = { backend: state.backend, config, operation, actor, signal, elsewhere };
  return holdingLocks([...bareSubjects(accounts), ...subjectsOf([...connections])], locking, work, held);
}

function subjectsOf(connections: readonly OpenConnection[]): LockSubject[] {
  return connections.map(({ accountKey, account }) => ({
    account: accountKey,
    label: account.label,
    connections: connections
      .filter((other) => other.accountKey === accountKey)
      .map(({ connection }) => connection.name),
  }));
}
