import type { Config } from "../../model/config/config.js";
import type { Schedule as ScheduleYaml } from "../schema/config-file.gen.js";
import type { MergedConfig } from "../files/merge.js";
import { MAX_DIAGNOSTICS } from "../limits.js";
import { findNearest } from "../diagnostics/nearest.js";
import type { Path, Problem } from "../diagnostics/problem.js";
import { rawExports } from "./raw.js";

/** Time zones, cron fields and dates that the schema cannot judge. */
export async function checkTimes(config: Config, merged: MergedConfig): Promise<Problem[]> {
  const problems = [...zone(config.timezone, ["timezone"])];
  const cronProblem = await createCronCheck();
  for (const [at, schedule] of schedules(config, merged)) {
    const { cron: crons, timezone } = schedule;
    if (timezone !== undefined && timezone !== config.timezone)
      problems.push(...zone(timezone, [...at, "timezone"]));
    for (const [index, text] of [crons].flat().entries()) {
      const found = cronProblem(text);
      if (found !== undefined)
        problems.push({ ...found, at: [...at, "cron", ...(Array.isArray(crons) ? [index] : [])] });
    }
  }
  for (const { name, dataPrivacy } of config.connections.values())
    if (dataPrivacy !== undefined && !isDay(dataPrivacy.on))
      problems.push({
        severity: "error",
        code: "wrong-date",
        message: `\`${dataPrivacy.on}\` is not a day.`,
        hint: "Write year, month and day, such as 2026-11-01.",
        at: ["connections", name, "dataPrivacy", "on"],
      });
  return problems;
}

/** Every schedule that is written somewhere, with its place. */
function schedules(config: Config, merged: MergedConfig): [Path, ScheduleYaml][] {
  const raw = rawExports(merged);
  const { schedule } = merged;
  const own = [...config.exports.keys()].flatMap((name): [Path, ScheduleYaml][] => {
    const yaml = raw(name)?.schedule;
    return typeof yaml === "object" ? [[["exports", name, "schedule"], yaml]] : [];
  });
  return schedule === undefined || schedule.broken
    ? own
    : [[["schedule"], schedule.value as ScheduleYaml], ...own];
}

function zone(name: string, at: Path): Problem[] {
  if (isZone(name)) return [];
  const hint = (): string => {
    const near = findNearest(name, ["UTC", ...Intl.supportedValuesOf("timeZone")]);
    return near === undefined ? "Use an IANA name, such as Europe/Berlin." : `Did you mean \`${near}\`?`;
  };
  return [
    { severity: "error", code: "unknown-timezone", message: `There is no time zone \`${name}\`.`, hint, at },
  ];
}

const zones = new Map<string, boolean>();

/** Asked once for each name: every formatter holds hundreds of kilobytes. */
function isZone(name: string): boolean {
  const known = zones.get(name) ?? isKnownToEngine(name);
  zones.set(name, known);
  return known;
}

function isKnownToEngine(name: string): boolean {
  // Offsets such as +01:00 are not zones: they know no summer time. No name is as long as a text can be.
  if (!/^[A-Za-z]/.test(name) || name.length > 100) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

type CronProblem = Omit<Problem, "at">;

/** Judges cron schedules; what only differs in minute and hour is looked for in the calendar once. */
async function createCronCheck(): Promise<(text: string) => CronProblem | undefined> {
  const { Cron } = await import("croner");
  const comes = new Map<string, boolean>();
  // It takes long to see that a day never comes, and after so many faults nobody needs to know of one more.
  let faults = 0;
  return (text) => {
    const fields = text.trim().split(/\s+/);
    if (fields.length !== 5)
      return wrongCron(
        `A schedule has five fields (minute, hour, day, month, weekday), this one has ${fields.length}.`,
        EXAMPLE,
      );
    try {
      const pattern = new Cron(text, { paused: true, mode: "5-part" });
      const days = fields.slice(2).join(" ");
      const found = comes.get(days) ?? (faults >= MAX_DIAGNOSTICS || pattern.nextRun() !== null);
      comes.set(days, found);
      if (found) return undefined;
      faults += 1;
      return wrongCron(`The schedule \`${text}\` never comes.`, "Check day and month.");
    } catch {
      return wrongCron(`\`${text}\` is not a cron schedule.`, EXAMPLE);
    }
  };
}

const EXAMPLE = "Such as `0 6 * * *`, every day at six.";

function wrongCron(message: string, hint: string): CronProblem {
  return { severity: "error", code: "wrong-cron", message, hint };
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
