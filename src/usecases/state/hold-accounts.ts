import { hostname } from "node:os";
import type { StateBackend } from "../../plugin/state-backend.js";
import { accountLease, withLease, type Held } from "../../state/lease.js";

export interface HoldOptions {
  /** What the lock is taken for, as others are told. */
  readonly operation: string;
  readonly actor: string;
  readonly ttlSeconds: number;
  readonly signal: AbortSignal;
}

/** Works while holding the locks of these accounts, taken in one order, so that two runs cannot wait for each other. */
export function holdAccounts<Result>(
  backend: StateBackend,
  accounts: Iterable<string>,
  options: HoldOptions,
  work: (held: ReadonlyMap<string, Held>) => Promise<Result>,
): Promise<Result> {
  return holdNext(backend, [...accounts].sort(), options, new Map(), work);
}

function holdNext<Result>(
  backend: StateBackend,
  keys: readonly string[],
  options: HoldOptions,
  held: Map<string, Held>,
  work: (held: ReadonlyMap<string, Held>) => Promise<Result>,
): Promise<Result> {
  const [key, ...rest] = keys;
  if (key === undefined) return work(held);
  const { operation, actor, ttlSeconds, signal } = options;
  const subject = { account: key, label: key, connections: [] };
  const info = { operation, who: `${actor} on ${hostname()}`, pid: process.pid, subject };
  return withLease(
    backend,
    accountLease(key),
    info,
    (lease) => holdNext(backend, rest, options, held.set(key, lease), work),
    { signal, ttlMs: ttlSeconds * 1000 },
  );
}
