import { Failure } from "../../model/failure.js";
import type { PlanFile } from "../../model/plan/plan-file.js";
import { digestOf, digestWithoutRows } from "../../plan/plan-digest.js";
import type { RowsFrom } from "../../planner/rows/rows-from.js";
import type { Run } from "../../run/run.js";
import { isGivenUp } from "../../records/transition.js";
import { mustBeRecent } from "./plan-base.js";
import { rowsFromPlan } from "./from-plan.js";
import { progressOf } from "./progress.js";
import { readSavedRows } from "./saved-rows.js";

/**
 * Gets a saved plan ready to be applied. Throws `Failure("stale")` when it is
 * not of this state or this config, too old, changed, or without its rows.
 */
export async function openSavedPlan(run: Run, file: PlanFile): Promise<RowsFrom> {
  const { config, state, clock } = run;
  const { plan } = file;
  if (plan.environment !== config.environment)
    throw new Failure(
      "stale",
      `The plan is of ${inWords(plan.environment)}, and this is ${inWords(config.environment)}.`,
      {
        hint: "Choose the environment of the plan with --env, or plan again.",
      },
    );
  if (!state.stored) state.adoptLineage(plan.lineage);
  else if (state.lineage !== plan.lineage)
    throw new Failure("stale", `The plan belongs to another state than the one in ${state.backend.label}.`, {
      hint: "Plan again with this configuration and environment.",
    });
  mustBeRecent(file, { maxAgeSeconds: config.approvals.maxPlanAgeSeconds, timezone: config.timezone }, clock);
  const progress = progressOf(state.root, file);
  if (progress === "done")
    throw new Failure("stale", "The plan has been applied; it is good for one apply.", {
      hint: "Plan again to see what is left to do.",
    });
  if (file.blocks !== digestOf([config.moved, config.removed]))
    throw new Failure("stale", "The plan is stale: the `moved` or `removed` blocks have changed since.", {
      hint: "Plan again.",
    });
  const gone = plan.exports.find(({ name }) => !config.exports.has(name) && !isGivenUp(name, config));
  if (gone !== undefined)
    throw new Failure("stale", `The plan is stale: the configuration has no export "${gone.name}".`, {
      hint: "Plan again with this configuration.",
    });
  const saved = await readSavedRows(run, file.rows, digestWithoutRows(file));
  return rowsFromPlan(file, saved, progress === "begun");
}

function inWords(environment: string | undefined): string {
  return environment === undefined ? "no environment" : `the environment "${environment}"`;
}
