import { Cron } from "croner";
import type { Schedule } from "../model/config/schedule.js";

const SECOND_MS = 1000;

/**
 * The newest scheduled time at or before an instant; undefined when there was none.
 *
 * A wall-clock time that a change to summer time leaves out is due when the
 * gap ends; one that comes twice in autumn is due the first time. Schedules
 * with a wildcard or a step in hour or minute follow the clock instead.
 */
export function latestTick(schedule: Schedule, at: Date): Date | undefined {
  // Croner looks strictly before, and in whole seconds.
  const after = new Date((Math.floor(at.getTime() / SECOND_MS) + 1) * SECOND_MS);
  let best: Date | undefined;
  for (const cron of crons(schedule))
    for (const one of cron.previousRuns(1, after)) if (best === undefined || one > best) best = one;
  return best;
}

/** The first scheduled time after an instant; undefined when the schedule never comes. */
export function nextTick(schedule: Schedule, after: Date): Date | undefined {
  let best: Date | undefined;
  for (const cron of crons(schedule)) {
    const one = cron.nextRun(after);
    if (one !== null && (best === undefined || one < best)) best = one;
  }
  return best;
}

/** One after the other: each holds some hundred kilobytes for as long as it is there. */
function* crons({ crons: texts, timezone }: Schedule): Generator<Cron> {
  for (const text of texts)
    yield new Cron(text, { paused: true, mode: "5-part", timezone, fixedTimeRule: "no-wildcard" });
}
