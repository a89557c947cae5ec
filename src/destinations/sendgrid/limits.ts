import { answeredAt, secondsUntilReset } from "../../platform/http/rate-reset.js";
import type { Connection } from "../../model/config/connection.js";
import type { BucketSpec, RateState } from "../../platform/http/rate-limiter.js";

/**
 * Rate limit buckets. SendGrid publishes no numbers; these were observed in
 * recorded traffic (requests per minute and endpoint). Endpoints that no
 * recording shows get the number of their neighbours.
 */
export const PER_MINUTE = {
  upsert: 200,
  search: 200,
  lists: 600,
  fields: 600,
  jobs: 600,
  exports: 600,
  suppressions: 600,
  account: 600,
} as const;

export type BucketName = keyof typeof PER_MINUTE;

/** True for a stand-in without rate limits, whose jobs end at once. */
export function isUnlimited(connection: Connection): boolean {
  return connection.options["rateLimits"] === "none";
}

export function bucketsOf(connection: Connection): Readonly<Record<string, BucketSpec>> | "none" {
  if (isUnlimited(connection)) return "none";
  return Object.fromEntries(
    Object.entries(PER_MINUTE).map(([name, perMinute]) => [
      name,
      { capacity: perMinute, perSecond: perMinute / 60 },
    ]),
  );
}

/**
 * `X-RateLimit-*`. The reference shows the reset as an epoch; the marketing
 * endpoints send seconds from now (recorded traffic of 2021 and 2026).
 */
export function parseReset(
  headers: Readonly<Record<string, string>>,
  now = answeredAt(headers),
): RateState | undefined {
  const limit = whole(headers["x-ratelimit-limit"]);
  const remaining = whole(headers["x-ratelimit-remaining"]);
  const resetSeconds = secondsUntilReset(headers["x-ratelimit-reset"], now);
  if (limit === undefined && remaining === undefined && resetSeconds === undefined) return undefined;
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetSeconds === undefined ? {} : { resetSeconds }),
  };
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
