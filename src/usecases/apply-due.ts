import type { ScheduledExport } from "../model/config/schedule.js";
import { applyQuietly, type ApplyOptions, type ApplyResult } from "./apply.js";
import { believedRecord } from "../schedule/dueness.js";
import { activityOf } from "../records/activity.js";
import { withNotices } from "../notices/with-notices.js";
import { outcomesOfRun } from "../notices/outcomes-of-run.js";
import { successOutcome, type Outcome } from "../notices/outcome.js";
import { findDueNow, listSchedules, type Schedules } from "./schedules.js";
import type { Project } from "../run/project.js";
import { findStillStale } from "../planner/rows/still-stale.js";

export interface DueResult extends ApplyResult {
  /** When each export was due as this began; undefined when the config is invalid. */
  readonly schedule?: readonly ScheduledExport[] | undefined;
}

/**
 * Applies the exports that are due by their schedules. To be called every few
 * minutes, also from several places at once: an account that another run holds
 * is left to it, and what was served meanwhile is not done again.
 */
export function applyDue(options: ApplyOptions): Promise<DueResult> {
  return withNotices(options, "apply", (project) => applyDueQuietly({ ...options, project }), outcomesOfDue);
}

/** With nothing to do and nothing to be tried again, all that can be said is that it could be looked at. */
function outcomesOfDue(result: DueResult): Outcome[] {
  const { run, schedule } = result;
  if (run !== undefined || schedule === undefined) return outcomesOfRun(result);
  return schedule.some(isTroubled)
    ? []
    : [successOutcome(undefined, "The state was read, and nothing is due.")];
}

function isTroubled({ dueness }: ScheduledExport): boolean {
  return dueness.state === "retrying" || (dueness.state === "idle" && dueness.because === "given up");
}

async function applyDueQuietly(options: ApplyOptions & { readonly project: Project }): Promise<DueResult> {
  const { schedule, opened, diagnostics } = await listSchedules(options);
  if (schedule === undefined || opened === undefined) return { diagnostics };
  await noteNew(opened, options.signal);
  const still = await findStillStale(options, schedule);
  const due = new Map(
    findDueNow(schedule)
      .filter(({ name }) => !still.has(name))
      .map(({ name, due: time }) => [name, time]),
  );
  if (due.size === 0) return { schedule, diagnostics };
  return { ...(await applyQuietly({ ...options, targets: [...due.keys()], scheduled: { due } })), schedule };
}

/** Schedules that were never seen begin now, so that nothing runs for a time before they were there. */
async function noteNew(
  { config, state }: NonNullable<Schedules["opened"]>,
  signal: AbortSignal,
): Promise<void> {
  const now = new Date();
  const since = now.toISOString();
  const isNew = (name: string, root: typeof state.root): boolean => {
    const known = believedRecord(activityOf(config, root, name), now);
    return known.since === undefined && known.succeededAt === undefined;
  };
  const scheduled = [...config.exports.values()].filter(({ schedule }) => schedule !== undefined);
  const fresh = scheduled.map(({ name }) => name).filter((name) => isNew(name, state.root));
  if (fresh.length === 0) return;
  await state.update((root) => {
    for (const name of fresh)
      if (isNew(name, root))
        root.activity = { ...root.activity, [name]: { ...activityOf(config, root, name), since } };
  }, signal);
}
