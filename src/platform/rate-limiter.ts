import { Failure } from "../model/failure.js";
import { wait } from "./wait.js";

/** How fast one group of endpoints may be called. */
export interface BucketSpec {
  /** Requests that may go out at once. */
  readonly capacity: number;
  /** Requests that become available again per second. */
  readonly perSecond: number;
  /** Requests in any 60 minutes, counted over runs in `spent`. */
  readonly hourly?: number;
}

/** What a response says about its bucket. */
export interface RateState {
  readonly limit?: number;
  readonly remaining?: number;
  /** Seconds from now until the window starts again. */
  readonly resetSeconds?: number;
}

export interface RateLimiterOptions {
  /** By bucket name; `none` paces nothing (a 429 is still honoured). */
  readonly buckets: Readonly<Record<string, BucketSpec>> | "none";
  /** Times (epoch ms) of requests by bucket, kept over runs; changed in place for buckets with an hourly cap. */
  readonly spent?: Record<string, number[]>;
  /** Told once for each wait of more than a second. */
  readonly onWait?: ((reason: string, seconds: number) => void) | undefined;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

interface Bucket {
  capacity: number;
  perSecond: number;
  readonly hourly: number | undefined;
  tokens: number;
  filledAt: number;
  blockedUntil: number;
}

const HOUR = 3_600_000;
/** A reset further away than this is not waited for. */
const LONGEST_WAIT_SECONDS = 2 * 3600;

/**
 * Token buckets shared by everything that talks to one account. They start at
 * the vendor's published or observed numbers and only ever get stricter by what
 * responses say.
 */
export class RateLimiter {
  readonly #options: RateLimiterOptions;
  readonly #now: () => number;
  readonly #spentByName: Record<string, number[]>;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RateLimiterOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#spentByName = options.spent ?? {};
  }

  /** Waits until one request may go out and counts it. */
  async take(name: string, signal: AbortSignal): Promise<void> {
    const bucket = this.#bucket(name);
    let told = false;
    for (;;) {
      signal.throwIfAborted();
      const ms = this.#missing(name, bucket);
      if (ms <= 0) break;
      const seconds = Math.ceil(ms / 1000);
      if (seconds > LONGEST_WAIT_SECONDS) {
        throw new Failure("rate-limit", `The rate limit of ${name} is used up for ${seconds} seconds.`, {
          hint: "Run again later.",
          retryAfter: seconds,
        });
      }
      if (ms > 1000 && !told) {
        told = true;
        this.#options.onWait?.(`rate limit of ${name}`, seconds);
      }
      await wait(ms, signal);
    }
    bucket.tokens -= 1;
    if (bucket.hourly !== undefined) this.#spent(name).push(this.#now());
  }

  /** Corrects a bucket by what a response said. */
  observe(name: string, state: RateState): void {
    if (this.#options.buckets === "none") return;
    const bucket = this.#bucket(name);
    if (state.limit !== undefined && state.limit > 0 && state.limit < bucket.capacity) {
      bucket.perSecond *= state.limit / bucket.capacity;
      bucket.capacity = state.limit;
    }
    if (state.remaining === undefined) return;
    this.#refill(bucket);
    bucket.tokens = Math.min(bucket.tokens, state.remaining);
    if (state.remaining <= 0 && state.resetSeconds !== undefined) this.block(name, state.resetSeconds);
  }

  /** Lets nothing of this bucket out for `seconds`, as a 429 demands. */
  block(name: string, seconds: number): void {
    const bucket = this.#bucket(name);
    bucket.blockedUntil = Math.max(bucket.blockedUntil, this.#now() + seconds * 1000);
  }

  #missing(name: string, bucket: Bucket): number {
    const now = this.#now();
    this.#refill(bucket);
    const blocked = bucket.blockedUntil - now;
    const refill = bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) / bucket.perSecond) * 1000);
    return Math.max(blocked, refill, this.#hourlyWait(name, bucket, now));
  }

  #hourlyWait(name: string, bucket: Bucket, now: number): number {
    if (bucket.hourly === undefined) return 0;
    const spent = this.#spent(name);
    const recent = spent.findIndex((time) => time > now - HOUR);
    spent.splice(0, recent === -1 ? spent.length : recent);
    const first = spent.at(-bucket.hourly);
    return first === undefined ? 0 : first + HOUR - now;
  }

  #refill(bucket: Bucket): void {
    const now = this.#now();
    if (bucket.capacity !== Infinity) {
      const grown = bucket.tokens + ((now - bucket.filledAt) / 1000) * bucket.perSecond;
      bucket.tokens = Math.min(bucket.capacity, grown);
    }
    bucket.filledAt = now;
  }

  #spent(name: string): number[] {
    return (this.#spentByName[name] ??= []);
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known !== undefined) return known;
    const spec = this.#spec(name);
    const bucket: Bucket = {
      capacity: spec.capacity,
      perSecond: spec.perSecond,
      hourly: spec.hourly,
      tokens: spec.capacity,
      filledAt: this.#now(),
      blockedUntil: 0,
    };
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #spec(name: string): BucketSpec {
    if (this.#options.buckets === "none") return { capacity: Infinity, perSecond: Infinity };
    const spec = this.#options.buckets[name];
    if (spec === undefined) throw new Error(`no rate limit bucket ${name}`);
    return spec;
  }
}
