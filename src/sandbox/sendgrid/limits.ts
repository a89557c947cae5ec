import type { Standing, Window } from "../server/limits.js";

/**
 * Requests a minute and endpoint. 200 and 600 are what recorded traffic shows
 * for contacts, lists and fields; no numbers are published.
 */
export function sendgridWindows(bucket: string): readonly Window[] {
  return [{ limit: Number(bucket), ms: 60_000, begins: "clock" }];
}

export function sendgridLimitHeaders(
  standing: Standing,
  now: number,
  epoch: boolean,
): Record<string, string> {
  const reset = epoch ? standing.resetsAt / 1000 : Math.ceil((standing.resetsAt - now) / 1000);
  return {
    "x-ratelimit-limit": String(standing.limit),
    "x-ratelimit-remaining": String(standing.remaining),
    "x-ratelimit-reset": String(Math.ceil(reset)),
  };
}
