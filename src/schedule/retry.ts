import type { ScheduleRecord } from "./record.js";

/** Runs for one scheduled time, the first included. */
export const MOST_ATTEMPTS = 5;

/** Under five minutes, so that a cron of five minutes finds it over at its next call. */
const FIRST_WAIT_MS = 4 * 60_000;

/** Kinds of failure that the same run will meet again until somebody does something. */
const PERMANENT: ReadonlySet<string> = new Set(["auth", "invalid", "permanent", "refused"]);

/** Whether trying again within minutes may help. */
export function mayPassSoon(kind: string): boolean {
  return !PERMANENT.has(kind);
}

/** When the next attempt may begin: 4, 8, 16 and 32 minutes after the last one failed. */
export function retryTimeOf({ attempts, at }: NonNullable<ScheduleRecord["failing"]>): Date {
  return new Date(Date.parse(at) + FIRST_WAIT_MS * 2 ** (attempts - 1));
}
