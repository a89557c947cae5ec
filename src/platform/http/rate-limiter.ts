import { believedTime } from "../../model/believed-time.js";
import { counted } from "../../model/words/counted.js";
import { Failure } from "../../model/failure.js";
import { wait } from "../wait.js";

/** How fast one group of endpoints may be called. */
export interface BucketSpec {
  /** Requests that may go out in any `capacity / perSecond` seconds. */
  readonly capacity: number;
  /** Requests per second in the long run. */
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
  /** Name of the connection, for messages. */
  readonly connection?: string;
  /** Milliseconds, instead of both of our clocks: that of the day, which `spent` goes by, and one that nobody sets. */
  readonly now?: () => number;
}

interface Bucket {
  limit: number;
  readonly windowMs: number;
  readonly hourly: number | undefined;
  /** When requests of the last window went out. */
  readonly sent: number[];
  /** Without an answer yet, so that no `remaining` counts them. */
  inFlight: number;
  /** As the last answer said. */
  remaining: number;
  /** What the vendor still lets through before `leftUntil`, less what is in flight. */
  left: number;
  leftUntil: number;
  blockedUntil: number;
  /** When the first of the refusals came that nothing else has followed yet. */
  refusedAt: number | undefined;
}

const HOUR = 3_600_000;
/** One request is not paced for longer than this in all. */
const LONGEST_WAIT_SECONDS = 2 * 3600;
/** Requests do not all take equally long to arrive, so that windows are counted a little longer. */
const JITTER_MS = 50;

/**
 * Counts requests in sliding windows, for everything that talks to one
 * account: no window of the vendor, wherever it begins, sees more than its
 * limit. It starts at the vendor's published or observed numbers and only ever
 * gets stricter by what responses say.
 */
export class RateLimiter {
  readonly #options: RateLimiterOptions;
  readonly #now: () => number;
  readonly #today: () => number;
  readonly #spentByName: Record<string, number[]>;
  #buckets = new Map<string, Bucket>();

  constructor(options: RateLimiterOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#today = options.now ?? Date.now;
    this.#spentByName = options.spent ?? {};
  }

  get connection(): string | undefined {
    return this.#options.connection;
  }

  /** From now on counts together with another limiter of the same account. */
  shareWith(other: RateLimiter): void {
    for (const [name, own] of this.#buckets) {
      const common = other.#bucket(name);
      common.sent.push(...own.sent);
      common.sent.sort((a, b) => a - b);
      common.limit = Math.min(common.limit, own.limit);
      common.blockedUntil = Math.max(common.blockedUntil, own.blockedUntil);
    }
    this.#buckets = other.#buckets;
    const names = this.#options.buckets === "none" ? [] : Object.keys(this.#options.buckets);
    for (const name of names) {
      const common = other.#spent(name);
      common.push(...this.#spent(name).filter((time) => !common.includes(time)));
      common.sort((a, b) => a - b);
      this.#spentByName[name] = common;
    }
  }

  /**
   * Waits until one request may go out and counts it; `done` has to follow.
   * Where requests are refused, throws what to do instead of waiting once that
   * would take longer than `patienceMs` since the first refusal.
   */
  async take(name: string, signal: AbortSignal, patienceMs = Infinity): Promise<void> {
    let told = false;
    let waited = 0;
    for (;;) {
      signal.throwIfAborted();
      const bucket = this.#bucket(name);
      const ms = this.#missing(name, bucket);
      if (ms <= 0) return this.#count(name, bucket);
      const { refusedAt } = bucket;
      const refusedMs = refusedAt === undefined ? -Infinity : this.#now() - refusedAt;
      if (waited + ms > LONGEST_WAIT_SECONDS * 1000 || refusedMs + ms > patienceMs)
        throw this.#usedUp(name, Math.ceil(ms / 1000));
      waited += ms;
      if (ms > 1000 && !told) {
        told = true;
        this.#options.onWait?.(`rate limit of ${name}`, Math.round(ms / 1000));
      }
      await wait(ms, signal);
    }
  }

  /** A request was answered, or nobody waits for its answer any more. */
  done(name: string): void {
    const bucket = this.#bucket(name);
    bucket.inFlight = Math.max(0, bucket.inFlight - 1);
  }

  /** Corrects a bucket by what a response said, before `done`. */
  observe(name: string, { limit, remaining, resetSeconds }: RateState): void {
    if (this.#options.buckets === "none") return;
    const bucket = this.#bucket(name);
    if (limit !== undefined && limit > 0) bucket.limit = Math.min(bucket.limit, limit);
    if (remaining === undefined || resetSeconds === undefined) return;
    const now = this.#now();
    const until = now + resetSeconds * 1000;
    // The one that is answered is counted already.
    const left = remaining - Math.max(0, bucket.inFlight - 1);
    // Answers may come in another order than they were given.
    const fresh = now >= bucket.leftUntil || remaining > bucket.remaining + bucket.inFlight;
    bucket.remaining = fresh ? remaining : Math.min(bucket.remaining, remaining);
    bucket.left = fresh ? left : Math.min(bucket.left, left);
    // Vendors round up, so that the earliest time is the closest.
    bucket.leftUntil = fresh ? until : Math.min(bucket.leftUntil, until);
  }

  /** A request was answered otherwise than by a refusal. */
  answered(name: string): void {
    this.#bucket(name).refusedAt = undefined;
  }

  /** Lets nothing of this bucket out for `seconds`, as a 429 demands. */
  block(name: string, seconds: number): void {
    const bucket = this.#bucket(name);
    bucket.refusedAt ??= this.#now();
    bucket.blockedUntil = Math.max(bucket.blockedUntil, this.#now() + seconds * 1000);
  }

  /** After a 429 that does not say what the limit is: it was less than what went out. */
  slowDown(name: string): void {
    const bucket = this.#bucket(name);
    if (bucket.limit === Infinity) return;
    bucket.limit = Math.max(1, Math.min(bucket.limit, this.#recent(bucket)) - 1);
  }

  #count(name: string, bucket: Bucket): void {
    const now = this.#now();
    if (bucket.limit !== Infinity) bucket.sent.push(now);
    bucket.inFlight++;
    bucket.left--;
    if (bucket.hourly !== undefined) this.#spent(name).push(this.#today());
  }

  #missing(name: string, bucket: Bucket): number {
    const now = this.#now();
    if (bucket.leftUntil > 0 && now >= bucket.leftUntil) renewed(bucket);
    const full = this.#recent(bucket) >= bucket.limit;
    const oldest = bucket.sent.at(-bucket.limit) ?? now;
    // The vendor knows its window better than we do.
    const begins = bucket.leftUntil > now ? bucket.leftUntil : Infinity;
    const window = full ? Math.min(oldest + bucket.windowMs, begins) - now : 0;
    const left = bucket.left <= 0 ? bucket.leftUntil - now : 0;
    return Math.max(bucket.blockedUntil - now, window, left, this.#hourlyWait(name, bucket));
  }

  #recent({ sent, windowMs }: Bucket): number {
    const first = sent.findIndex((time) => time > this.#now() - windowMs);
    sent.splice(0, first === -1 ? sent.length : first);
    return sent.length;
  }

  #hourlyWait(name: string, bucket: Bucket): number {
    if (bucket.hourly === undefined) return 0;
    const now = this.#today();
    const spent = this.#spent(name);
    // The clock may have been set back since.
    for (const [index, time] of spent.entries()) spent[index] = believedTime(time, now);
    const recent = spent.findIndex((time) => time > now - HOUR);
    spent.splice(0, recent === -1 ? spent.length : recent);
    const first = spent.at(-bucket.hourly);
    return first === undefined ? 0 : first + HOUR - now;
  }

  #usedUp(name: string, seconds: number): Failure {
    const { connection } = this.#options;
    const whose = connection === undefined ? "" : ` on connection "${connection}"`;
    return new Failure(
      "rate-limit",
      `The rate limit of ${name}${whose} is used up for ${counted(seconds, "second")}.`,
      {
        hint: `Something else may be using up the account's limit. Run again in ${counted(seconds, "second")} or later: what was not sent is sent then.`,
        retryAfter: seconds,
      },
    );
  }

  #spent(name: string): number[] {
    return (this.#spentByName[name] ??= []);
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known !== undefined) return known;
    const { capacity, perSecond, hourly } = this.#spec(name);
    const bucket: Bucket = {
      limit: capacity,
      windowMs: capacity === Infinity ? 0 : (capacity / perSecond) * 1000 + JITTER_MS,
      hourly,
      sent: [],
      inFlight: 0,
      remaining: Infinity,
      left: Infinity,
      leftUntil: 0,
      blockedUntil: 0,
      refusedAt: undefined,
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

/** The vendor said that its window would begin again by now: what went out before it does not count any more. */
function renewed(bucket: Bucket): void {
  const first = bucket.sent.findIndex((time) => time > bucket.leftUntil - JITTER_MS);
  bucket.sent.splice(0, first === -1 ? bucket.sent.length : first);
  bucket.remaining = Infinity;
  bucket.left = Infinity;
  bucket.leftUntil = 0;
}
