import { answeredAt, secondsUntilReset } from "../../platform/http/rate-reset.js";
import type { Connection } from "../../model/config/connection.js";
import type { BucketSpec, RateState } from "../../platform/http/rate-limiter.js";

/** Everything below `/contacts`. */
export const CONTACTS = "contacts";
/** `/processes`, `/account` and whatever else: the scarce one. */
export const OTHER = "other";

interface Limits {
  readonly contactsPerSecond: number;
  readonly contactsPerHour: number;
  readonly otherPerHour: number;
}

/**
 * By the plan of the account. Source: https://developers.brevo.com/docs/api-limits;
 * the hourly number of `extended` contacts is the per-second one times 3,600.
 */
const PLANS: Readonly<Record<string, Limits>> = {
  general: { contactsPerSecond: 10, contactsPerHour: 36_000, otherPerHour: 100 },
  advanced: { contactsPerSecond: 20, contactsPerHour: 72_000, otherPerHour: 200 },
  extended: { contactsPerSecond: 60, contactsPerHour: 216_000, otherPerHour: 600 },
};

/** The limits of a connection; undefined for `rateLimits: none`, which is for stand-ins. */
export function limitsOf(connection: Connection): Limits | undefined {
  const plan = connection.options["rateLimits"];
  if (plan === "none") return undefined;
  return PLANS[typeof plan === "string" ? plan : "general"] ?? PLANS["general"];
}

export function bucketsOf(connection: Connection): Readonly<Record<string, BucketSpec>> | "none" {
  const limits = limitsOf(connection);
  if (limits === undefined) return "none";
  const { contactsPerSecond, otherPerHour } = limits;
  return {
    // The hourly number is what the steady rate amounts to, so that it needs no count of its own.
    [CONTACTS]: { capacity: contactsPerSecond, perSecond: contactsPerSecond },
    [OTHER]: { capacity: 5, perSecond: 1, hourly: otherPerHour },
  };
}

/** `x-sib-ratelimit-*`; the reset is in seconds from now. Source: https://developers.brevo.com/docs/limit-headers */
export function parseReset(headers: Readonly<Record<string, string>>): RateState | undefined {
  const limit = whole(headers["x-sib-ratelimit-limit"]);
  const remaining = whole(headers["x-sib-ratelimit-remaining"]);
  const resetSeconds = secondsUntilReset(headers["x-sib-ratelimit-reset"], answeredAt(headers));
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
