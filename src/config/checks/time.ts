import type { Config } from "../../model/config.js";
import type { Schedule as ScheduleYaml } from "../config-file.gen.js";
import type { Merged } from "../merge.js";
import { nearest } from "../nearest.js";
import type { Path, Problem } from "../problem.js";
import { rawExports } from "./raw.js";

/** Time zones, cron fields and dates that the schema cannot judge. */
export async function times(config: Config, merged: Merged): Promise<Problem[]> {
  const problems = [...zone(config.timezone, ["timezone"])];
  for (const [at, schedule] of schedules(config, merged)) {
    const { cron: crons, timezone } = schedule;
    if (timezone !== undefined && timezone !== config.timezone)
      problems.push(...zone(timezone, [...at, "timezone"]));
    for (const [index, text] of [crons].flat().entries())
      problems.push(...(await cron(text, [...at, "cron", ...(Array.isArray(crons) ? [index] : [])])));
  }
  for (const { name, dataPrivacy } of config.connections.values())
    if (dataPrivacy !== undefined && !isDay(dataPrivacy.on))
      problems.push({
        severity: "error",
        code: "wrong-date",
        message: `\`${dataPrivacy.on}\` is no day.`,
        hint: "Write year, month and day, such as 2026-11-01.",
        at: ["connections", name, "dataPrivacy", "on"],
      });
  return problems;
}

/** Every schedule that is written somewhere, with its place. */
function schedules(config: Config, merged: Merged): [Path, ScheduleYaml][] {
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
  const near = nearest(name, ["UTC", ...Intl.supportedValuesOf("timeZone")]);
  const hint = near === undefined ? "Use an IANA name, such as Europe/Berlin." : `Did you mean \`${near}\`?`;
  return [
    { severity: "error", code: "unknown-timezone", message: `There is no time zone \`${name}\`.`, hint, at },
  ];
}

function isZone(name: string): boolean {
  // Offsets such as +01:00 are no zones: they know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

async function cron(text: string, at: Path): Promise<Problem[]> {
  const problem = (message: string, hint: string): Problem[] => [
    { severity: "error", code: "wrong-cron", message, hint, at },
  ];
  const example = "Such as `0 6 * * *`, every day at six.";
  const fields = text.trim().split(/\s+/).length;
  if (fields !== 5)
    return problem(
      `A schedule has five fields (minute, hour, day, month, weekday), this one has ${fields}.`,
      example,
    );
  const { Cron } = await import("croner");
  try {
    if (new Cron(text, { paused: true, mode: "5-part" }).nextRun() === null)
      return problem(`The schedule \`${text}\` never comes.`, "Check day and month.");
    return [];
  } catch {
    return problem(`\`${text}\` is no cron schedule.`, example);
  }
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
