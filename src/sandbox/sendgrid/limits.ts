import type { CustomLimits } from "../options.js";
import { resetText, type ResetForm, type Standing, type Window } from "../server/limits.js";

/**
 * Requests a minute and endpoint. 200 and 600 are what recorded traffic shows
 * for contacts, lists and fields; no numbers are published.
 */
export function sendgridWindows(bucket: string, custom: CustomLimits): readonly Window[] {
  return [{ limit: custom.perMinute ?? Number(bucket), ms: 60_000, begins: "clock" }];
}

export function sendgridLimitHeaders(
  standing: Standing,
  now: number,
  reset: ResetForm,
): Record<string, string> {
  if (reset === "none") return {};
  return {
    "x-ratelimit-limit": String(standing.limit),
    "x-ratelimit-remaining": String(standing.remaining),
    "x-ratelimit-reset": resetText(standing.resetsAt, now, reset),
  };
}
