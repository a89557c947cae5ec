import type { Export } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import type { Plan } from "../model/plan/plan.js";
import { withOverrides, narrowedToExport, type Narrowing } from "../model/plan/narrowing.js";
import { commandLine } from "../model/words/command-line.js";
import { applyWords } from "../report/runs/apply-words.js";
import { failedChecks, holdsUpWithdrawals, overridesFor, refusalsOf } from "../plan/refusals.js";
import { countWithdrawn, type ChangeSet } from "../reconcile/change-set/change-set.js";
import { askCheck } from "../plan/checks/check.js";
import { oldList } from "../plan/checks/old-list.js";
import type { FoundAgain } from "../plan/checks/registry.js";
import type { PreparedExport } from "../planner/prepared.js";

/** What is known of an export that may be refused. */
export interface RefusableExport extends Pick<PreparedExport, "after"> {
  readonly wanted: Pick<Export, "name">;
  readonly changeSet: Pick<ChangeSet, "counts">;
}

/** The parts of a plan that say what is refused, once it was judged, and what the run was narrowed to. */
type JudgedPlan = Pick<Plan, "accounts" | "exports" | "policies" | "narrowing">;

/** An export that may not be sent. */
export interface RefusedExport<One extends RefusableExport = PreparedExport> {
  readonly export: One;
  readonly failure: Failure;
  /** Whether those who withdrew are removed all the same. */
  readonly withdraws: boolean;
}

/** Why an export of an account may not be sent; undefined when it may. */
export function refusalOf<One extends RefusableExport>(
  one: One,
  account: { readonly exports: readonly RefusableExport[] },
  plan: JudgedPlan,
): RefusedExport<One> | undefined {
  const failing = [...failedChecks(plan, one.wanted.name), ...waiting(one, account, plan)];
  if (failing.length === 0) return undefined;
  const names = failing.map(({ name }) => name);
  const withdrawn = holdsUpWithdrawals(failing) ? 0 : countWithdrawn(one.changeSet);
  const reasons = failing.map(({ message }) => message).join(" ");
  const override = overridesFor(failing);
  const hints = [
    ...(withdrawn > 0 ? ["Those who withdrew are removed all the same."] : []),
    ...failing.flatMap(({ hint }) => hint ?? []),
    ...(override === undefined
      ? []
      : [
          `If this is meant: \`${commandLine(applyWords(withOverrides(narrowedFor(one, plan), override)))}\`.`,
        ]),
  ];
  return {
    export: one,
    withdraws: withdrawn > 0,
    failure: new Failure(
      "refused",
      `Export "${one.wanted.name}" is refused (${names.join(", ")}): ${reasons}`,
      { hint: hints.join(" ") },
    ),
  };
}

/** Where others are refused too, this one alone: whether they are meant is another question, and they would be refused again. */
function narrowedFor({ wanted: { name }, after }: RefusableExport, plan: JudgedPlan): Narrowing | undefined {
  const others = refusalsOf(plan).exports.filter((other) => other !== name);
  return others.length === 0 ? plan.narrowing : narrowedToExport(plan.narrowing, after ?? name);
}

/** Who is not on the new list stays on the old one. */
function waiting(
  { after }: RefusableExport,
  account: { readonly exports: readonly RefusableExport[] },
  plan: JudgedPlan,
): FoundAgain[] {
  if (after === undefined) return [];
  const other = account.exports.find(({ wanted }) => wanted.name === after);
  return askCheck(oldList, {
    after,
    isSent: other !== undefined && refusalOf(other, account, plan) === undefined,
  });
}
