import { isFromFuture } from "../model/believed-time.js";
import type { Because, Dueness, Schedule } from "../model/config/schedule.js";
import { retryTimeOf } from "./retry.js";
import type { ScheduleRecord } from "./record.js";
import { latestTick, nextTick } from "./ticks.js";

const LONG_AGO = new Date(0).toISOString();

/**
 * Whether an export is due. Only the newest scheduled time counts, so that
 * however many were missed, one run catches up. A record of the future is none:
 * a run too many sends nothing that is there already, one too few nothing at all. Pure.
 */
export function duenessOf(schedule: Schedule | undefined, written: ScheduleRecord, now: Date): Dueness {
  if (schedule === undefined) return { state: "manual" };
  const record = believedRecord(written, now);
  const due = latestTick(schedule, now);
  const idle = (because: Because): Dueness => ({
    state: "idle",
    next: nextTick(schedule, now),
    because,
    ...(due !== undefined && (because === "stale" || because === "given up") ? { due } : {}),
  });
  const { since, succeededAt, failing, stale } = record;
  if (due === undefined || (since === undefined && succeededAt === undefined)) return idle("new");
  const reached = (at: string | undefined): boolean => at !== undefined && new Date(at) >= due;
  if (reached(succeededAt)) return idle("served");
  if (reached(since)) return idle("new");
  const about = (at: string | undefined): boolean =>
    at !== undefined && new Date(at).getTime() === due.getTime();
  if (about(stale?.due)) {
    const until = stale?.waitsUntil === undefined ? undefined : new Date(stale.waitsUntil);
    return until === undefined || until <= now ? idle("stale") : { state: "waiting", due, until };
  }
  if (failing === undefined || !about(failing.due)) return { state: "due", due, attempt: 1 };
  if (failing.permanent) return idle("given up");
  const { attempts } = failing;
  const again = retryTimeOf(failing);
  return again > now
    ? { state: "retrying", due, attempts, retryAt: again }
    : { state: "due", due, attempt: attempts + 1 };
}

/** What is remembered, without times that have not come yet. */
export function believedRecord(record: ScheduleRecord, now: Date): ScheduleRecord {
  const { since, succeededAt, failing, ...kept } = record;
  const come = (at: string): boolean => !isFromFuture(Date.parse(at), now.getTime());
  const seen = since === undefined || !come(since) ? {} : { since };
  return {
    ...kept,
    // An export that was sent is not new, whenever that was.
    ...(succeededAt === undefined
      ? seen
      : come(succeededAt)
        ? { ...seen, succeededAt }
        : { since: LONG_AGO }),
    ...(failing !== undefined && come(failing.at) ? { failing } : {}),
  };
}

/** When an export becomes due that is not; undefined: it is due already, or never will be by itself. */
export function dueTimeOf(dueness: Dueness): Date | undefined {
  if (dueness.state === "idle") return dueness.next;
  return dueness.state === "retrying" ? dueness.retryAt : undefined;
}
