import type { Plan } from "../model/plan/plan.js";
import type { ExportResult, RunResult } from "../model/run/run.js";
import { failedChecks } from "../plan/refusals.js";
import { failureOutcome, successOutcome, type Outcome } from "./outcome.js";

interface AppliedRun {
  readonly plan?: Plan | undefined;
  readonly run?: RunResult | undefined;
}

/** What an apply means for each of its exports; nothing when nobody approved it. */
export function outcomesOfRun({ plan, run }: AppliedRun): Outcome[] {
  if (run === undefined) return [];
  return [
    successOutcome(undefined, "The run came to its end."),
    ...run.exports.flatMap((one) => outcomeOf(one, plan)),
  ];
}

function outcomeOf(result: ExportResult, plan: Plan | undefined): Outcome[] {
  const { name, status, added, updated, removed, rejected, unknown, error } = result;
  const counts = { added, updated, removed, rejected, unknown };
  if (status === "interrupted" || error?.kind === "interrupted") return [];
  // What another run does is told by that run.
  if (status === "skipped" && error?.kind === "lock-held") return [];
  if (error !== undefined) {
    const planned = plan?.exports.find((one) => one.name === name)?.counts;
    const { add: toAdd = 0, update: toUpdate = 0, remove: toRemove = 0 } = planned ?? {};
    const refused = error.kind === "refused" ? { toAdd, toUpdate, toRemove } : {};
    return [
      failureOutcome(name, error, { checks: failedNames(name, plan), counts: { ...counts, ...refused } }),
    ];
  }
  if (status === "partly" && rejected === 0) return [failureOutcome(name, unsettled(unknown), { counts })];
  // Rows that the destination refuses wait until they change; the export itself is well.
  return [successOutcome(name, "It was applied without trouble.", counts)];
}

function unsettled(unknown: number) {
  return {
    kind: "unknown-outcome",
    message:
      unknown > 0 ? "The outcome of some changes is not known." : "Some changes were not sent in this run.",
    hint: "The next run looks them up and goes on.",
  };
}

function failedNames(name: string, plan: Plan | undefined): string[] {
  return plan === undefined ? [] : [...new Set(failedChecks(plan, name).map((check) => check.name))];
}
