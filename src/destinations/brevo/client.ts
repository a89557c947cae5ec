import { Http } from "../../platform/http/http.js";
import type { OpenContext } from "../../plugin/destination.js";
import { openServiceClient } from "../../plugin/service-client.js";
import { bucketsOf, limitsOf, OTHER, parseReset } from "./limits.js";

const BASE_URL = "https://api.brevo.com/v3";
const REQUEST_SECONDS = 60;

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
  const { connection, spent, mayWriteUntil } = context;
  const limits = limitsOf(connection);
  const { apiKey, buckets, timeoutMs, requestMs, scratchFile } = openServiceClient(context, {
    buckets: bucketsOf(connection),
    requestSeconds: REQUEST_SECONDS,
  });
  const http = new Http({
    baseUrl: connection.baseUrl ?? BASE_URL,
    headers: () => ({ "api-key": apiKey.reveal() }),
    buckets,
    parseReset,
    mayWriteUntil,
    timeoutMs,
  });
  return {
    http,
    scratchFile,
    standIn: limits === undefined,
    requestMs,
    statusRequestsLeft: () => {
      if (limits === undefined) return Infinity;
      const times = (spent[OTHER] ?? []).filter((time) => time > Date.now() - 3_600_000);
      return limits.otherPerHour - times.length;
    },
  };
}
