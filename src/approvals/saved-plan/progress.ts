import { oldestRemembered } from "../../model/believed-time.js";
import type { PlanFile } from "../../model/plan/plan-file.js";
import type { ExportResult } from "../../model/run/run.js";
import type { StateRoot } from "../../state/root/root.js";
import type { Run } from "../../run/run.js";
import { ownValue } from "../../model/own-value.js";

/** How far a saved plan has come: nobody began, a run was cut off or did not send everything, or it is used up. */
export function progressOf(root: StateRoot, { id }: PlanFile): "new" | "begun" | "done" {
  const known = ownValue(root.plans, id);
  return known === undefined ? "new" : known.done ? "done" : "begun";
}

/** Takes into the record that a plan is being applied. */
export function beginPlan(root: StateRoot, run: Run, file: PlanFile | undefined): void {
  note(root, run, file, false);
}

/** Of what is detached, nothing would be sent the next time either. */
const ENDED: ReadonlySet<ExportResult["status"]> = new Set(["succeeded", "unchanged", "detached"]);

/** Takes down that a plan is used up, once everything of it was sent. */
export async function endPlan(
  run: Run,
  file: PlanFile | undefined,
  results: readonly ExportResult[],
): Promise<void> {
  if (file === undefined || !results.every(({ status }) => ENDED.has(status))) return;
  await run.state.update((root) => note(root, run, file, true), run.signal);
}

function note(root: StateRoot, { config, clock }: Run, file: PlanFile | undefined, done: boolean): void {
  if (file === undefined) return;
  const known = Object.entries(root.plans ?? {});
  const oldest = oldestRemembered(
    known.map(([, plan]) => plan.beganAt),
    clock.getTime(),
    config.approvals.maxPlanAgeSeconds * 1000,
  );
  const young = known.filter(([, { beganAt }]) => Date.parse(beganAt) >= oldest);
  const beganAt = root.plans?.[file.id]?.beganAt ?? clock.toISOString();
  root.plans = { ...Object.fromEntries(young), [file.id]: { beganAt, done } };
}
