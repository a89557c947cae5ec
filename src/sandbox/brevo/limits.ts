import type { BrevoAccount, CustomLimits } from "../options.js";
import { resetText, type ResetForm, type Standing, type Window } from "../server/limits.js";

const PER_SECOND = { general: 10, advanced: 20, extended: 60 } as const;
const PER_HOUR = { general: 36_000, advanced: 72_000, extended: 216_000 } as const;
const OTHER_PER_HOUR = { general: 100, advanced: 200, extended: 600 } as const;

/** The published numbers (developers.brevo.com/docs/api-limits); the hourly one of `extended` is its 60 a second. */
export function brevoWindows(account: BrevoAccount, bucket: string, custom: CustomLimits): readonly Window[] {
  const plan = account.plan ?? "general";
  if (bucket !== "contacts")
    return [{ limit: custom.otherPerHour ?? OTHER_PER_HOUR[plan], ms: 3_600_000, begins: "first" }];
  return [
    { limit: custom.contactsPerSecond ?? PER_SECOND[plan], ms: 1000, begins: "clock" },
    { limit: PER_HOUR[plan], ms: 3_600_000, begins: "first" },
  ];
}

/** What a fresh account was recorded to tell. */
const RECORDED_LIMIT = 20;

/** What an answer tells of its limit. */
export interface Told {
  readonly bucket: string;
  readonly reset: ResetForm;
  readonly otherwise: boolean;
}

/** Recorded answers carry seconds from now in `reset`, and no Retry-After. */
export function brevoLimitHeaders(standing: Standing, now: number, told: Told): Record<string, string> {
  const { bucket, reset, otherwise } = told;
  if (reset === "none" || (otherwise && bucket !== "contacts")) return {};
  const more = otherwise && standing.allowed ? RECORDED_LIMIT - standing.limit : 0;
  return {
    "x-sib-ratelimit-limit": String(standing.limit + more),
    "x-sib-ratelimit-remaining": String(Math.max(0, standing.remaining + more)),
    "x-sib-ratelimit-reset": resetText(standing.resetsAt, now, reset),
  };
}
