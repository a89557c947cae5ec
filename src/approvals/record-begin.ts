import type { Approval } from "../model/config/approval.js";
import type { PlanFile } from "../model/plan/plan-file.js";
import type { Run } from "../run/run.js";
import { beginPlan } from "./saved-plan/progress.js";
import { spendApprovals } from "./approvals-for-run.js";

/**
 * Takes down, before the first request, that approvals are used up and which
 * saved plan is being applied: in one write, because a plan that is not known to
 * have begun could not go on with approvals that are used.
 */
export async function recordBegin(
  run: Run,
  approvals: readonly Approval[],
  saved: PlanFile | undefined,
): Promise<void> {
  if (approvals.length === 0 && saved === undefined) return;
  await run.state.update((root) => {
    spendApprovals(root, run, approvals, saved);
    beginPlan(root, run, saved);
  }, run.signal);
}
