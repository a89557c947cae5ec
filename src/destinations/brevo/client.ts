import { join } from "node:path";
import { Failure } from "../../model/failure.js";
import { Http } from "../../platform/http/http.js";
import { RateLimiter } from "../../platform/http/rate-limiter.js";
import type { OpenContext } from "../../plugin/destination.js";
import { bucketsOf, limitsOf, OTHER, parseReset } from "./limits.js";

const BASE_URL = "https://api.brevo.com/v3";
const REQUEST_SECONDS = 60;
/** A stand-in answers at once. */
const STAND_IN_REQUEST_MS = 200;

/** What everything that talks to one account shares. */
export interface BrevoClient {
  readonly http: Http;
  /** A path in the run's scratch folder that was not used before. */
  scratchFile(name: string): string;
  /** See `Destination`. */
  readonly requestMs: number;
  /** The connection has no rate limits: a stand-in, whose jobs end at once. */
  readonly standIn: boolean;
  /** Requests of the bucket with the hourly cap that are still free within this hour. */
  statusRequestsLeft(): number;
}

export function openClient(context: OpenContext): BrevoClient {
  const { connection, apiKey, scratch, spent, onWait, mayWriteUntil } = context;
  if (apiKey === undefined) {
    throw new Failure("invalid", `The connection ${connection.name} has no apiKey.`, {
      hint: "Refer to the key with apiKey: {env: NAME}.",
    });
  }
  const limits = limitsOf(connection);
  const buckets = new RateLimiter({
    buckets: bucketsOf(connection),
    spent,
    onWait,
    connection: connection.name,
  });
  context.onLimiter?.(buckets);
  const timeoutMs = (connection.requestTimeoutSeconds ?? REQUEST_SECONDS) * 1000;
  const http = new Http({
    baseUrl: connection.baseUrl ?? BASE_URL,
    headers: () => ({ "api-key": apiKey.reveal() }),
    buckets,
    parseReset,
    mayWriteUntil,
    timeoutMs,
  });
  let files = 0;
  return {
    http,
    scratchFile: (name) => join(scratch, `brevo-${process.hrtime.bigint()}-${files++}-${name}`),
    standIn: limits === undefined,
    requestMs:
      limits === undefined && connection.requestTimeoutSeconds === undefined
        ? STAND_IN_REQUEST_MS
        : timeoutMs,
    statusRequestsLeft: () => {
      if (limits === undefined) return Infinity;
      const times = (spent[OTHER] ?? []).filter((time) => time > Date.now() - 3_600_000);
      return limits.otherPerHour - times.length;
    },
  };
}
