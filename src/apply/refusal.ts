import { Failure } from "../model/failure.js";
import type { Plan } from "../model/plan.js";
import { alsoPassing, narrowedTo, type Narrowing } from "../model/narrowing.js";
import { commandLine } from "../model/command-line.js";
import { applyWords } from "../report/apply-words.js";
import { failedChecks, holdsUpWithdrawals, overridesFor, refusals } from "../plan/refusals.js";
import { withdrawnIn } from "../reconcile/change-set/change-set.js";
import { ask } from "../plan/checks/check.js";
import { oldList } from "../plan/checks/old-list.js";
import type { FoundAgain } from "../plan/checks/registry.js";
import type { PreparedAccount, PreparedExport } from "../planner/prepared.js";

/** An export that may not be sent. */
export interface Refused {
  readonly export: PreparedExport;
  readonly failure: Failure;
  /** Whether those who withdrew are removed all the same. */
  readonly withdraws: boolean;
}

/** Why an export may not be sent; undefined when it may. The plan was judged. */
export function refusalOf(one: PreparedExport, account: PreparedAccount, plan: Plan): Refused | undefined {
  const failing = [...failedChecks(plan, one.wanted.name), ...waiting(one, account, plan)];
  if (failing.length === 0) return undefined;
  const names = failing.map(({ name }) => name);
  const withdrawn = holdsUpWithdrawals(failing) ? 0 : withdrawnIn(one.changeSet);
  const reasons = failing.map(({ message }) => message).join(" ");
  const override = overridesFor(failing);
  const hints = [
    ...(withdrawn > 0 ? ["Those who withdrew are removed all the same."] : []),
    ...failing.flatMap(({ hint }) => hint ?? []),
    ...(override === undefined
      ? []
      : [`If this is meant: \`${commandLine(applyWords(alsoPassing(narrowedFor(one, plan), override)))}\`.`]),
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
function narrowedFor({ wanted: { name }, after }: PreparedExport, plan: Plan): Narrowing | undefined {
  const others = refusals(plan).exports.filter((other) => other !== name);
  return others.length === 0 ? plan.narrowing : narrowedTo(plan.narrowing, after ?? name);
}

/** Who is not on the new list stays on the old one. */
function waiting({ after }: PreparedExport, account: PreparedAccount, plan: Plan): FoundAgain[] {
  if (after === undefined) return [];
  const other = account.exports.find(({ wanted }) => wanted.name === after);
  return ask(oldList, {
    after,
    isSent: other !== undefined && refusalOf(other, account, plan) === undefined,
  });
}
