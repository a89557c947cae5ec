import type { PlanFile } from "../../model/plan-file.js";
import type { ExportResult } from "../../model/run.js";
import type { StateRoot } from "../../state/root.js";
import type { Session } from "../prepare/session.js";

/** How far a saved plan has come: nobody began, a run was cut off or did not send everything, or it is used up. */
export function progressOf(root: StateRoot, { id }: PlanFile): "new" | "begun" | "done" {
  const known = Object.hasOwn(root.plans ?? {}, id) ? root.plans?.[id] : undefined;
  return known === undefined ? "new" : known.done ? "done" : "begun";
}

/** Takes down, before the first request, that a plan is being applied. */
export function beginPlan(session: Session, file: PlanFile | undefined): Promise<void> {
  return note(session, file, false);
}

/** Of what is detached, nothing would be sent the next time either. */
const ENDED: ReadonlySet<ExportResult["status"]> = new Set(["succeeded", "unchanged", "detached"]);

/** Takes down that a plan is used up, once everything of it was sent. */
export async function endPlan(
  session: Session,
  file: PlanFile | undefined,
  results: readonly ExportResult[],
): Promise<void> {
  if (results.every(({ status }) => ENDED.has(status))) await note(session, file, true);
}

async function note(
  { state, config, clock, signal }: Session,
  file: PlanFile | undefined,
  done: boolean,
): Promise<void> {
  if (file === undefined) return;
  const oldest = clock.getTime() - config.approvals.maxPlanAgeSeconds * 1000;
  await state.update((root) => {
    const young = Object.entries(root.plans ?? {}).filter(([, { beganAt }]) => Date.parse(beganAt) >= oldest);
    const beganAt = root.plans?.[file.id]?.beganAt ?? clock.toISOString();
    root.plans = { ...Object.fromEntries(young), [file.id]: { beganAt, done } };
  }, signal);
}
