import type { Check, ExportPlan, Plan } from "../model/plan/plan.js";
import { holdsWithdrawals } from "./checks/registry.js";
import { changesList, changesRecord } from "./changes.js";
import { checksOfPolicies, findRefusingPolicies } from "./policies.js";

/** The parts of a plan that say what apply refuses. */
type JudgedPlan = Pick<Plan, "accounts" | "exports" | "policies">;

/** What apply would refuse because of checks that failed, and what would let it go on all the same. */
export interface Refusals {
  readonly exports: readonly string[];
  /** What `--override` takes for all of them; undefined when none failed or one of them may not be overridden. */
  readonly overrides: readonly string[] | undefined;
  /** Names of the policies that refuse the whole plan. */
  readonly policies: readonly string[];
  /** Refused exports of which people are removed all the same, because they withdrew. */
  readonly withdrawing: readonly { readonly name: string; readonly people: number }[];
}

export function refusalsOf(plan: JudgedPlan): Refusals {
  const { accounts, exports } = plan;
  const refused = exports.filter(
    (item) => refusingChecks([...item.checks, ...accountChecks(accounts, item)]).length > 0,
  );
  const shared = accounts.some(({ checks }) => refusingChecks(checks).length > 0);
  const policies = findRefusingPolicies(plan).map(({ name }) => name);
  return {
    exports: refused.map(({ name }) => name),
    // What an account fails is about all of its exports, and nobody may override it.
    overrides: shared ? undefined : overridesFor(refused.flatMap(({ checks }) => refusingChecks(checks))),
    policies,
    withdrawing: (policies.length > 0 ? exports : refused).flatMap(withdrawing),
  };
}

/** Whether apply would refuse anything of a plan, as far as it could be planned. */
export function isUnsafe(plan: JudgedPlan): boolean {
  const { accounts, exports } = plan;
  return (
    exports.some(({ awaitsTrust }) => awaitsTrust === true) ||
    [...accounts, ...exports].some(({ checks }) => refusingChecks(checks).length > 0) ||
    findRefusingPolicies(plan).length > 0
  );
}

/** What an export of a plan fails: checks of its own, of its account, and policies over all of it. */
export function failedChecks(plan: JudgedPlan, exportName: string): Check[] {
  const item = plan.exports.find(({ name }) => name === exportName);
  if (item === undefined) return [];
  return refusingChecks([...item.checks, ...accountChecks(plan.accounts, item), ...checksOfPolicies(plan)]);
}

/** How much of a plan apply carries out: all, what is not refused, only withdrawals, or nothing of it. */
export type AppliedShare = "all" | "rest" | "withdrawals" | "nothing";

/** What apply does with a plan. `approved`: as if those who have to approve it had done so. */
export function appliedOf(plan: JudgedPlan & Pick<Plan, "configChanges">, approved: boolean): AppliedShare {
  const { exports: refused, policies, withdrawing: all } = refusalsOf(plan);
  const whole = approved || policies.length === 0;
  if (whole && refused.length === 0) return "all";
  const rest =
    plan.exports.some((item) => !refused.includes(item.name) && changesList(item)) ||
    plan.configChanges.some((change) => changesRecord(change) && !refused.includes(change.export));
  if (whole && rest) return "rest";
  return all.length === 0 ? "nothing" : "withdrawals";
}

/** What `--override` takes to let these checks pass; undefined when there are none or one of them may not be overridden. */
export function overridesFor(checks: readonly Check[]): string[] | undefined {
  const words = checks.flatMap(({ override }) => override ?? []);
  return words.length === 0 || words.length < checks.length ? undefined : words;
}

/** Names of the checks that would have refused and that a person let pass. */
export function overriddenNames({ checks }: Pick<ExportPlan, "checks">): string[] {
  return checks.filter(({ status }) => status === "overridden").map(({ name }) => name);
}

/** The checks that refuse. */
export function refusingChecks(checks: readonly Check[]): Check[] {
  return checks.filter(({ status }) => status === "failed");
}

/** Whether a refusal for these reasons holds up those who withdrew as well; see ADR 0006. */
export function holdsUpWithdrawals(failing: readonly Check[]): boolean {
  return failing.some(({ name }) => holdsWithdrawals(name));
}

function accountChecks(accounts: Plan["accounts"], { account }: ExportPlan): readonly Check[] {
  return accounts.find(({ type, id }) => `${type}:${id}` === account)?.checks ?? [];
}

function withdrawing({ name, checks, counts, error }: ExportPlan): { name: string; people: number }[] {
  const people = counts.withdrawn ?? 0;
  const held = error !== undefined || holdsUpWithdrawals(refusingChecks(checks));
  return held || people === 0 ? [] : [{ name, people }];
}
