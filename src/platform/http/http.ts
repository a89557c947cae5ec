import type { LookupFunction } from "node:net";
import type { Agent } from "undici";
import { Failure } from "../../model/failure.js";
import { saveBody } from "./download.js";
import {
  wasNotSent,
  describeRequest,
  HttpError,
  isTimeout,
  unknownOutcome,
  type Fate,
} from "./http-error.js";
import { readResponse, type HttpResponse, type RequestKind } from "./http-response.js";
import type { RateLimiter, RateState } from "./rate-limiter.js";
import { linkedUrl, outwardLookup } from "./download-rule.js";
import { answeredAt, secondsUntilRetry } from "./rate-reset.js";
import { parseSafeUrl } from "./tls-rule.js";
import { notAfter, TooLateError } from "./not-after.js";
import { USER_AGENT } from "../tool.js";
import { wait } from "../wait.js";

export interface HttpOptions {
  /** https, or http to this machine; its path is kept. */
  readonly baseUrl: string;
  /** Sent with every request to `baseUrl`; may hold the key, is never shown. */
  readonly headers: () => Record<string, string>;
  readonly buckets: RateLimiter;
  /**
   * Asked before each write; gives the instant (epoch ms) from which it may not
   * be sent any more without asking again, or throws.
   */
  readonly mayWriteUntil?: (() => Promise<number>) | undefined;
  /** For one try, from connecting to the last byte (a download: between two bytes). Default 60 s. */
  readonly timeoutMs?: number;
  /** Longest answer that is held in memory. Default 64 MiB. */
  readonly maxResponseBytes?: number;
  /** Longest download once unpacked. Default 16 GiB. */
  readonly maxDownloadBytes?: number;
  /** For a whole download. Default an hour. */
  readonly downloadMs?: number;
  /** First pause of the backoff. Default 500 ms. */
  readonly backoffMs?: number;
  readonly parseReset: (headers: Readonly<Record<string, string>>) => RateState | undefined;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `baseUrl`, starts with a slash; parts that come from outside are URL-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** JSON. */
  readonly body?: string | Uint8Array;
  readonly bucket: string;
  /** A write is sent once; a read may be sent again. */
  readonly kind: RequestKind;
}

const READ_TRIES = 5;
/** A 429 did nothing, so that waiting on is always safe; this and the time below only end an endless loop. */
const RATE_TRIES = 8;
/** Over the longest window but those of an hour, which nobody wants to see a run wait for. */
const RATE_PATIENCE_MS = 75_000;

/**
 * HTTP to one account: paced, retried where that is safe, abortable. Answers
 * with a 4xx other than 429 are returned, since only the plug-in knows what its
 * vendor means by them.
 *
 * Throws `Failure`: `unknown-outcome` when a write may or may not have been
 * carried out (timeout, connection lost after sending, 5xx), `transient` when
 * nothing was sent or a read failed for good, `rate-limit` when 429 does not
 * end within the time of a request, `interrupted` when aborted with nothing in flight.
 */
export class Http {
  readonly #options: HttpOptions;
  readonly #base: URL;
  #agent: Promise<Agent> | undefined;
  #linked: Promise<Agent> | undefined;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#base = parseSafeUrl(options.baseUrl);
  }

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const what = describeRequest(request.method, request.path, this.#base.host);
    let limited = 0;
    for (let tried = 1; ; tried++) {
      await this.#turn(request.bucket, signal);
      const outcome = await this.#try(request, what, signal);
      this.#options.buckets.done(request.bucket);
      if (outcome instanceof Failure) {
        if (request.kind === "write" || tried >= READ_TRIES || outcome.kind !== "transient") throw outcome;
        await wait(this.#backoff(tried), signal);
        continue;
      }
      if (outcome.status !== 429) {
        this.#options.buckets.answered(request.bucket);
        return outcome;
      }
      const seconds =
        this.#options.parseReset(outcome.headers)?.resetSeconds ??
        secondsUntilRetry(outcome.headers["retry-after"], answeredAt(outcome.headers));
      if (++limited >= RATE_TRIES) {
        const { connection } = this.#options.buckets;
        const whose = connection === undefined ? "" : ` of connection "${connection}"`;
        throw new Failure(
          "rate-limit",
          `${what} was refused ${limited} times because of the rate limit${whose}.`,
          {
            hint: "Something else may be using up the account's limit. Run again later: what was not sent is sent then.",
            ...(seconds === undefined ? {} : { retryAfter: seconds }),
          },
        );
      }
      tried--;
      // A reset of nothing would only ask again and again.
      this.#options.buckets.block(request.bucket, Math.max(seconds ?? 0, this.#backoff(limited) / 1000));
      if (seconds === undefined) this.#options.buckets.slowDown(request.bucket);
    }
  }

  /**
   * Saves what a presigned link points to as a file that only its owner can
   * read, unpacked when it is gzip. No key goes along: the link is another
   * host's. Throws `not-found` when the link has expired.
   */
  async download(url: string, path: string, signal: AbortSignal): Promise<void> {
    const target = linkedUrl(url, this.#base);
    const what = `Downloading a file from ${target.host}`;
    for (let tried = 1; ; tried++) {
      try {
        const agent = await this.#downloader();
        await saveBody(agent, target, path, {
          idleMs: this.#timeout,
          wholeMs: this.#options.downloadMs ?? 3_600_000,
          maxBytes: this.#options.maxDownloadBytes ?? 16 * 1024 ** 3,
          what,
          signal,
        });
        return;
      } catch (error) {
        if (signal.aborted) throw new Failure("interrupted", `${what} was stopped.`, { cause: error });
        const failure =
          error instanceof Failure ? error : new HttpError("transient", what, error, target.hostname);
        if (failure.kind !== "transient" || tried >= READ_TRIES) throw failure;
        await wait(this.#backoff(tried), signal);
      }
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    for (const agent of [await this.#agent, await this.#linked]) await agent?.destroy();
  }

  async #turn(bucket: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.buckets.take(bucket, signal, Math.min(RATE_PATIENCE_MS, this.#timeout));
    } catch (error) {
      if (signal.aborted) throw new Failure("interrupted", "Stopped before a request.", { cause: error });
      throw error;
    }
  }

  /** One request; a 5xx answer counts as a failure. */
  async #try(request: HttpRequest, what: string, signal: AbortSignal): Promise<HttpResponse | Failure> {
    const write = request.kind === "write";
    const stop = new AbortController();
    const onAbort = (): void => stop.abort();
    signal.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(onAbort, this.#timeout);
    try {
      const until = write ? ((await this.#options.mayWriteUntil?.()) ?? Infinity) : Infinity;
      const response = await this.#exchange(request, what, until, stop.signal);
      const state = this.#options.parseReset(response.headers);
      if (state !== undefined) this.#options.buckets.observe(request.bucket, state);
      if (response.status < 500 && response.status !== 408) return response;
      const id = response.requestId === undefined ? "" : ` (request ${response.requestId})`;
      const message = `${what} was answered with ${response.status}${id}.`;
      return write
        ? unknownOutcome(message)
        : new Failure("transient", message, { hint: "Run again later." });
    } catch (error) {
      if (error instanceof Failure) return error;
      if (error instanceof TooLateError) return await this.#try(request, what, signal);
      const { hostname } = this.#base;
      if (wasNotSent(error)) return new HttpError("transient", what, error, hostname);
      if (signal.aborted)
        return write ? unknownOutcome(`${what} was stopped before its answer came.`) : stopped(what);
      const fate: Fate = stop.signal.aborted || isTimeout(error) ? "timeout" : "transient";
      return write
        ? unknownOutcome(new HttpError(fate, what, error, hostname).message, error)
        : new HttpError(fate, what, error, hostname);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #exchange(
    request: HttpRequest,
    what: string,
    until: number,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const agent = await this.#dispatcher();
    const own = this.#options.headers();
    const answer = await agent.compose(notAfter(until)).request({
      origin: this.#base.origin,
      path: this.#path(request),
      method: request.method,
      headers: {
        accept: "application/json",
        "user-agent": USER_AGENT,
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...own,
      },
      body: request.body ?? null,
      signal,
    });
    return readResponse(answer, {
      what,
      kind: request.kind,
      maxBytes: this.#options.maxResponseBytes ?? 64 * 1024 ** 2,
      secrets: Object.values(own),
    });
  }

  #path(request: HttpRequest): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value === undefined) continue;
      for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)])
        query.append(name, one);
    }
    const search = query.size === 0 ? "" : `?${query.toString()}`;
    return `${this.#base.pathname.replace(/\/$/, "")}${request.path}${search}`;
  }

  #backoff(tried: number): number {
    const most = (this.#options.backoffMs ?? 500) * 2 ** (tried - 1);
    return most / 2 + (Math.random() * most) / 2;
  }

  get #timeout(): number {
    return this.#options.timeoutMs ?? 60_000;
  }

  /** Loaded with the first request: the client takes 0.1 s to load, which commands without network need not pay. */
  #dispatcher(): Promise<Agent> {
    this.#agent ??= this.#open({});
    return this.#agent;
  }

  /** Apart from the API's, so that a link can be kept from leading inwards. */
  #downloader(): Promise<Agent> {
    this.#linked ??= this.#open({ lookup: outwardLookup(this.#base) });
    return this.#linked;
  }

  async #open(connect: { lookup?: LookupFunction }): Promise<Agent> {
    const { Agent } = await import("undici");
    return new Agent({
      connections: 16,
      // NODE_TLS_REJECT_UNAUTHORIZED has no say here.
      connect: { timeout: Math.min(10_000, this.#timeout), rejectUnauthorized: true, ...connect },
      headersTimeout: this.#timeout,
      bodyTimeout: this.#timeout,
    });
  }
}

function stopped(what: string): Failure {
  return new Failure("interrupted", `${what} was stopped.`);
}
