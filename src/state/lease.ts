import { setTimeout as sleep } from "node:timers/promises";
import type { Lapsed, Lease, LeaseInfo, StateBackend } from "../plugin/state-backend.js";
import { Failure } from "../model/failure.js";
import { subjectInWords } from "../model/run/lock.js";
import { currentInstant, millisecondsSince, type Instant } from "../platform/stopwatch.js";
import { toSegmentName } from "./journal/journal.js";

/** Without a sign of life a run's lock can be taken after this long. */
export const LEASE_TTL_MS = 60_000;

/** A renewal younger than this need not be repeated before a request. */
const FRESH_MS = 1000;
/** Pause between renewals that fail, once nothing may be sent without one. */
const RETRY_MS = 50;
/** Part of its time after which a holder sends nothing more unless it renews, because clocks differ. */
const USABLE = 0.9;

/** What a run sees of its lock. */
export interface RunLock {
  readonly id: string;
  /** The last holder before this run that never gave the lock back. */
  readonly lapsed: Lapsed | undefined;
  /** Aborts with a `Failure("conflict")` when the lock is lost. */
  readonly lost: AbortSignal;
  /**
   * Ask before each request: renews unless that was just done, and gives the
   * instant (epoch ms) from which nothing may be sent without asking again.
   * Throws `Failure("conflict")` when the lock is lost.
   */
  mayWriteUntil(): Promise<number>;
}

/** The lock of an account; `key` as `accountKey` made it. */
export function accountLeaseName(key: string): string {
  return `account-${toSegmentName(key)}`;
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
  work: (held: RunLock) => Promise<T>,
  options: { signal: AbortSignal; ttlMs?: number },
): Promise<T> {
  const ttlMs = options.ttlMs ?? LEASE_TTL_MS;
  // Counted from before the request, so that we give up no later than others may take it.
  const asked = currentInstant();
  const lease = await backend.acquireLease(name, info, ttlMs, options.signal);
  const heartbeat = new Heartbeat(lease, subjectInWords(info.subject), asked, ttlMs);
  try {
    return await work(heartbeat);
  } finally {
    await heartbeat.stop();
    // Whether it worked or not is known by now; a lock that cannot be given back expires.
    await lease.release().catch(() => undefined);
  }
}

class Heartbeat implements RunLock {
  readonly #lease: Lease;
  readonly #what: string;
  readonly #ttlMs: number;
  readonly #lost = new AbortController();
  readonly #stopped = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #renewedAt: Instant;
  #renewal: Promise<void> | undefined;

  constructor(lease: Lease, what: string, renewedAt: Instant, ttlMs: number) {
    this.#lease = lease;
    this.#what = what;
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

  get lapsed(): Lapsed | undefined {
    return this.#lease.lapsed;
  }

  async mayWriteUntil(): Promise<number> {
    for (;;) {
      if (millisecondsSince(this.#renewedAt) > Math.min(FRESH_MS, this.#ttlMs / 3)) await this.#renew();
      this.lost.throwIfAborted();
      const left = this.#ttlMs * USABLE - millisecondsSince(this.#renewedAt);
      if (left > 0) return Date.now() + left;
      await sleep(RETRY_MS);
    }
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
    const asked = currentInstant();
    try {
      await this.#lease.renew(this.#stopped.signal);
      this.#renewedAt = asked;
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      const taken = error instanceof Failure && error.kind === "conflict";
      if (taken || millisecondsSince(this.#renewedAt) >= this.#ttlMs)
        this.#lost.abort(lostLock(this.#what, error));
    }
  }
}

function lostLock(what: string, cause: unknown): Failure {
  return new Failure("conflict", `this run lost its lock on the ${what}`, {
    hint: "It sends nothing more. Run again: what was begun is looked up and finished.",
    cause,
  });
}
