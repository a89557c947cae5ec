import { join } from "node:path";
import { Failure } from "../model/failure.js";
import { RateLimiter, type BucketSpec } from "../platform/http/rate-limiter.js";
import type { Secret } from "../platform/secrets/secret.js";
import type { OpenContext } from "./destination.js";

/** A stand-in answers at once. */
const STAND_IN_REQUEST_MS = 200;

/** What the client of a vendor's service is made with, whichever vendor it is. */
export interface ServiceClient {
  readonly apiKey: Secret;
  readonly buckets: RateLimiter;
  readonly timeoutMs: number;
  /** See `Destination`. */
  readonly requestMs: number;
  /** A path in the run's scratch folder that was not used before. */
  scratchFile(name: string): string;
}

/** Throws `Failure("invalid")` without a key. A connection without rate limits leads to a stand-in. */
export function openServiceClient(
  context: OpenContext,
  own: {
    readonly buckets: Readonly<Record<string, BucketSpec>> | "none";
    readonly requestSeconds: number;
  },
): ServiceClient {
  const { connection, apiKey, scratch, spent, onWait } = context;
  if (apiKey === undefined) {
    throw new Failure("invalid", `The connection ${connection.name} has no apiKey.`, {
      hint: "Refer to the key with apiKey: {env: NAME}.",
    });
  }
  const buckets = new RateLimiter({ buckets: own.buckets, spent, onWait, connection: connection.name });
  context.onLimiter?.(buckets);
  const { requestTimeoutSeconds } = connection;
  const timeoutMs = (requestTimeoutSeconds ?? own.requestSeconds) * 1000;
  let files = 0;
  return {
    apiKey,
    buckets,
    timeoutMs,
    requestMs:
      own.buckets === "none" && requestTimeoutSeconds === undefined ? STAND_IN_REQUEST_MS : timeoutMs,
    scratchFile: (name) => join(scratch, `${connection.type}-${process.hrtime.bigint()}-${files++}-${name}`),
  };
}
