import { Cron } from "croner";
import type { Schedule } from "../model/schedule.js";

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
  const found = crons(schedule).flatMap((cron) => cron.previousRuns(1, after));
  return found.reduce<Date | undefined>(
    (best, one) => (best !== undefined && best > one ? best : one),
    undefined,
  );
}

/** The first scheduled time after an instant; undefined when the schedule never comes. */
export function nextTick(schedule: Schedule, after: Date): Date | undefined {
  const found = crons(schedule).flatMap((cron) => cron.nextRun(after) ?? []);
  return found.reduce<Date | undefined>(
    (best, one) => (best !== undefined && best < one ? best : one),
    undefined,
  );
}

function crons({ crons: texts, timezone }: Schedule): Cron[] {
  return texts.map(
    (text) => new Cron(text, { paused: true, mode: "5-part", timezone, fixedTimeRule: "no-wildcard" }),
  );
}
