import type { ConfigChoice } from "../config/choice.js";
import { loadConfig } from "../config/load.js";
import type { Config } from "../model/config.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { ScheduledExport } from "../model/schedule.js";
import { dueness } from "../schedule/dueness.js";
import type { StateStore } from "../state/store.js";
import { activityOf } from "../records/activity.js";
import { selectExports } from "../planner/prepare.js";
import { projectState } from "../run/project-state.js";
import type { Seen } from "../run/open.js";

export interface SchedulesOptions extends ConfigChoice {
  /** Names of exports; all when empty. */
  readonly targets?: readonly string[] | undefined;
  /** Filled as things are opened. */
  readonly seen?: Seen | undefined;
  readonly signal: AbortSignal;
}

export interface Schedules {
  /** In the order of the config; undefined when that is invalid. */
  readonly schedule: readonly ScheduledExport[] | undefined;
  readonly opened: { readonly config: Config; readonly state: StateStore } | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** When each export is due. Reads config and state, asks no destination, changes nothing. */
export async function schedules(options: SchedulesOptions): Promise<Schedules> {
  const loaded = await loadConfig(options);
  const { config, diagnostics } = loaded;
  if (options.seen !== undefined) options.seen.loaded = loaded;
  if (config === undefined) return { schedule: undefined, opened: undefined, diagnostics };
  const state = await projectState(config, options.signal);
  if (options.seen !== undefined) options.seen.state = state;
  const now = new Date();
  const schedule = selectExports({ config }, options.targets).map((wanted) => ({
    name: wanted.name,
    dueness: dueness(wanted.schedule, activityOf(config, state.root, wanted.name), now),
  }));
  return { schedule, opened: { config, state }, diagnostics };
}

/** Those that are to be run now. */
export function dueNow(schedule: readonly ScheduledExport[]): { name: string; due: Date }[] {
  return schedule.flatMap(({ name, dueness: one }) =>
    one.state === "due" || one.state === "waiting" ? [{ name, due: one.due }] : [],
  );
}
