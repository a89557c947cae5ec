import { hostname } from "node:os";
import { operationIn } from "../model/lock.js";
import { LeaseHeld } from "../plugin/state-backend.js";
import { accountLease, withLease, type Held } from "../state/lease.js";
import type { OpenConnection } from "./accounts.js";
import type { Session } from "./prepare/session.js";

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

/** Takes the locks of all accounts, in one order, so that two runs cannot wait for each other. */
export async function holdingAccounts<Result>(
  session: Session,
  options: HoldOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const connections = [...options.connections];
  const named = [...connections.map(({ accountKey }) => accountKey), ...(options.accounts ?? [])];
  const keys = [...new Set(named)].sort();
  const next = async (rest: readonly string[]): Promise<Result> => {
    const [key, ...others] = rest;
    if (key === undefined) return work();
    const own = connections.filter(({ accountKey }) => accountKey === key);
    const info = {
      operation: operationIn(session.config.environment, options.operation),
      who: `${options.actor} on ${hostname()}`,
      pid: process.pid,
      subject: {
        account: key,
        label: own[0]?.account.label ?? key,
        connections: own.map(({ connection }) => connection.name),
      },
    };
    try {
      return await withLease(
        session.state.backend,
        accountLease(key),
        info,
        (lease) => {
          options.held.set(key, lease);
          return next(others);
        },
        { signal: session.signal, ttlMs: session.config.state.lockTtlSeconds * 1000 },
      );
    } catch (error) {
      if (options.elsewhere === undefined || options.held.has(key) || !(error instanceof LeaseHeld))
        throw error;
      options.elsewhere.set(key, error);
      return next(others);
    }
  };
  return next(keys);
}

/** The lock of an account that this run holds. */
export function lockOf(held: ReadonlyMap<string, Held>, key: string): Held {
  const lock = held.get(key);
  if (lock === undefined) throw new TypeError(`account ${key} is not held`);
  return lock;
}
