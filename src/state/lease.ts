import type { Lease, LeaseInfo, StateBackend } from "../plugin/state-backend.js";
import { Failure } from "../model/failure.js";
import { nameSegment } from "./journal.js";

/** Without a sign of life a run's lock can be taken after this long. */
export const LEASE_TTL_MS = 60_000;

/** What a run sees of its lock. */
export interface Held {
  readonly id: string;
  /** Aborts with a `Failure("conflict")` when the lock is lost. */
  readonly lost: AbortSignal;
  /** Ask before each batch: renews when the last renewal is getting old. False: send nothing more. */
  stillHeld(): Promise<boolean>;
}

/** The lock of an account; `key` as `accountKey` made it. */
export function accountLease(key: string): string {
  return `account-${nameSegment(key)}`;
}

/**
 * Works while holding a lease, renewed at a third of its time, and gives it
 * back at the end. Throws `LeaseHeld` when somebody else has it. A renewal that
 * fails for other reasons is tried again until the time is up.
 */
export async function withLease<T>(
  backend: StateBackend,
  name: string,
  info: LeaseInfo,
  work: (held: Held) => Promise<T>,
  options: { signal: AbortSignal; ttlMs?: number },
): Promise<T> {
  const ttlMs = options.ttlMs ?? LEASE_TTL_MS;
  // Counted from before the request, so that we give up no later than others may take it.
  const asked = Date.now();
  const lease = await backend.acquireLease(name, info, ttlMs, options.signal);
  const heartbeat = new Heartbeat(lease, name, asked, ttlMs);
  try {
    return await work(heartbeat);
  } finally {
    await heartbeat.stop();
    // Whether it worked or not is known by now; a lock that cannot be given back expires.
    await lease.release().catch(() => undefined);
  }
}

class Heartbeat implements Held {
  readonly #lease: Lease;
  readonly #name: string;
  readonly #ttlMs: number;
  readonly #lost = new AbortController();
  readonly #stopped = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #renewedAt: number;
  #renewal: Promise<void> | undefined;

  constructor(lease: Lease, name: string, renewedAt: number, ttlMs: number) {
    this.#lease = lease;
    this.#name = name;
    this.#renewedAt = renewedAt;
    this.#ttlMs = ttlMs;
    this.#timer = setInterval(() => void this.#renew(), ttlMs / 3);
    this.#timer.unref();
  }

  get id(): string {
    return this.#lease.id;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async stillHeld(): Promise<boolean> {
    if (Date.now() - this.#renewedAt > this.#ttlMs / 2) await this.#renew();
    return !this.lost.aborted;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped.abort();
    await this.#renewal;
  }

  /** One renewal at a time; never throws. */
  #renew(): Promise<void> {
    this.#renewal ??= this.#tryRenew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async #tryRenew(): Promise<void> {
    if (this.lost.aborted || this.#stopped.signal.aborted) return;
    const asked = Date.now();
    try {
      await this.#lease.renew(this.#stopped.signal);
      this.#renewedAt = asked;
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      const taken = error instanceof Failure && error.kind === "conflict";
      if (taken || Date.now() - this.#renewedAt >= this.#ttlMs) this.#lost.abort(lostLock(this.#name, error));
    }
  }
}

function lostLock(name: string, cause: unknown): Failure {
  return new Failure("conflict", `this run lost its lock "${name}"`, {
    hint: "It sends nothing more. Run again: what was begun is looked up and finished.",
    cause,
  });
}
