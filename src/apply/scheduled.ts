import type { Export } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import type { Plan } from "../model/plan/plan.js";
import type { ExportResult } from "../model/run/run.js";
import { duenessOf } from "../schedule/dueness.js";
import { activityOf } from "../records/activity.js";
import { failedExport } from "../planner/describe/failed-export.js";
import type { FailedExport } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import { freshness } from "../plan/checks/freshness.js";
import { failedChecks } from "../plan/refusals.js";

/** What makes an apply one by schedule. */
export interface ScheduledApply {
  /** The scheduled time that each export is run for. */
  readonly due: ReadonlyMap<string, Date>;
}

/** Exports that another run has served since they were found due. Ask under the locks, on the newest state. */
export function findServedMeanwhile(
  run: Run,
  exports: readonly Export[],
  scheduled: ScheduledApply | undefined,
): FailedExport[] {
  if (scheduled === undefined) return [];
  const { config, state, clock } = run;
  return exports
    .filter(({ name }) => scheduled.due.has(name))
    .filter((wanted) => {
      const { state: now } = duenessOf(wanted.schedule, activityOf(config, state.root, wanted.name), clock);
      return now !== "due" && now !== "waiting";
    })
    .map((wanted) =>
      failedExport(
        config,
        wanted,
        new Failure("lock-held", `Another run has done what was due of "${wanted.name}" meanwhile.`),
      ),
    );
}

/** A scheduled run that only the age of the data keeps from sending leaves this time out. */
export function scheduledResult(
  result: ExportResult,
  plan: Pick<Plan, "accounts" | "exports" | "policies">,
  scheduled: ScheduledApply | undefined,
): ExportResult {
  if (scheduled === undefined || result.status !== "refused") return result;
  const failed = failedChecks(plan, result.name);
  const [first] = failed;
  if (first === undefined || failed.some(({ name }) => name !== freshness.name)) return result;
  const message = failed.map((check) => check.message).join(" ");
  return { ...result, status: "skipped", error: { kind: "refused", message, hint: first.hint } };
}
