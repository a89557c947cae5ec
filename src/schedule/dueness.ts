import type { Because, Dueness, Schedule } from "../model/schedule.js";
import { retryAt } from "./retry.js";
import type { ScheduleRecord } from "./record.js";
import { latestTick, nextTick } from "./ticks.js";

/**
 * Whether an export is due. Only the newest scheduled time counts, so that
 * however many were missed, one run catches up. Pure.
 */
export function dueness(schedule: Schedule | undefined, record: ScheduleRecord, now: Date): Dueness {
  if (schedule === undefined) return { state: "manual" };
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
  const again = retryAt(failing);
  return again > now
    ? { state: "retrying", due, attempts, retryAt: again }
    : { state: "due", due, attempt: attempts + 1 };
}

/** When an export becomes due that is not; undefined: it is due already, or never will be by itself. */
export function becomesDueAt(dueness: Dueness): Date | undefined {
  if (dueness.state === "idle") return dueness.next;
  return dueness.state === "retrying" ? dueness.retryAt : undefined;
}
