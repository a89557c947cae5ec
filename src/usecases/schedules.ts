import type { ConfigChoice } from "../config/choice.js";
import type { Config } from "../model/config/config.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { ScheduledExport } from "../model/config/schedule.js";
import { duenessOf } from "../schedule/dueness.js";
import type { StateStore } from "../state/store.js";
import { activityOf } from "../records/activity.js";
import { selectExports } from "../planner/prepare.js";
import { Project } from "../run/project.js";

export interface SchedulesOptions extends ConfigChoice {
  /** Names of exports; all when empty. */
  readonly targets?: readonly string[] | undefined;
  /** What was opened already, or is to be known of afterwards. */
  readonly project?: Project | undefined;
  readonly signal: AbortSignal;
}

export interface Schedules {
  /** In the order of the config; undefined when that is invalid. */
  readonly schedule: readonly ScheduledExport[] | undefined;
  readonly opened: { readonly config: Config; readonly state: StateStore } | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** When each export is due. Reads config and state, asks no destination, changes nothing. */
export async function listSchedules(options: SchedulesOptions): Promise<Schedules> {
  const project = options.project ?? new Project(options);
  const { config, diagnostics } = await project.load();
  if (config === undefined) return { schedule: undefined, opened: undefined, diagnostics };
  const state = await project.openState(config, options.signal);
  const now = new Date();
  const schedule = selectExports({ config }, options.targets).map((wanted) => ({
    name: wanted.name,
    dueness: duenessOf(wanted.schedule, activityOf(config, state.root, wanted.name), now),
  }));
  return { schedule, opened: { config, state }, diagnostics };
}

/** Those that are to be run now. */
export function findDueNow(schedule: readonly ScheduledExport[]): { name: string; due: Date }[] {
  return schedule.flatMap(({ name, dueness: one }) =>
    one.state === "due" || one.state === "waiting" ? [{ name, due: one.due }] : [],
  );
}
