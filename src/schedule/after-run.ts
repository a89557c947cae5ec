import type { Export } from "../model/config/export.js";
import type { ExportResult } from "../model/run/run.js";
import { MOST_ATTEMPTS, mayPassSoon } from "./retry.js";
import type { ScheduleRecord } from "./record.js";
import { nextTick } from "./ticks.js";

/** One run of one export, as far as its schedule is concerned. */
export interface RunForSchedule {
  /** The scheduled time that it was for; undefined when somebody asked for it. */
  readonly due: Date | undefined;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly wanted: Pick<Export, "schedule" | "whenStale">;
  readonly result: Pick<ExportResult, "status" | "error">;
}

/**
 * What is remembered after a run. A run that somebody asked for serves the
 * scheduled times before it when it succeeds, and leaves everything as it is
 * when it does not. Pure.
 */
export function recordAfterRun(record: ScheduleRecord, run: RunForSchedule): ScheduleRecord {
  const { due, startedAt, finishedAt, result } = run;
  const since = record.since === undefined ? {} : { since: record.since };
  if (isServed(result)) return { ...since, succeededAt: startedAt.toISOString() };
  // Whoever stops a run wants it gone on with, and what is detached runs once it has its connection again.
  if (due === undefined || result.status === "interrupted" || result.status === "detached") return record;
  const { failing, stale: _, ...kept } = record;
  if (result.status === "skipped") return { ...kept, stale: staleOf(run.wanted, due) };
  const before = failing !== undefined && Date.parse(failing.due) === due.getTime() ? failing.attempts : 0;
  const attempts = before + 1;
  const permanent = attempts >= MOST_ATTEMPTS || !mayPassSoon(result.error?.kind ?? "transient");
  return { ...kept, failing: { due: due.toISOString(), attempts, at: finishedAt.toISOString(), permanent } };
}

/** Everything was sent that could be; rejected rows wait until they change, unknown ones for the next run. */
export function isServed({ status, error }: RunForSchedule["result"]): boolean {
  return status === "succeeded" || status === "unchanged" || (status === "partly" && error === undefined);
}

function staleOf(
  { schedule, whenStale }: RunForSchedule["wanted"],
  due: Date,
): NonNullable<ScheduleRecord["stale"]> {
  const time = due.toISOString();
  const next = schedule && nextTick(schedule, due);
  if (whenStale === "skip" || next === undefined) return { due: time };
  // Only the newest scheduled time counts, so the next one ends the wait in any case.
  const most = due.getTime() + (whenStale.waitSeconds ?? Infinity) * 1000;
  return { due: time, waitsUntil: new Date(Math.min(most, next.getTime())).toISOString() };
}
