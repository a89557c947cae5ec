import { counted } from "../model/words/counted.js";
import type { Check, Plan } from "../model/plan/plan.js";
import type { PolicyResult } from "../model/config/policy.js";

/** Whether a verdict keeps a plan from being applied. */
export function isRefusing({ level, status }: Pick<PolicyResult, "level" | "status">): boolean {
  return level === "mandatory" && (status === "violated" || status === "error");
}

/** The policies that make apply refuse this plan. */
export function findRefusingPolicies({ policies = [] }: Pick<Plan, "policies">): PolicyResult[] {
  return policies.filter(isRefusing);
}

/** Verdicts over the whole plan that refuse it, as checks that each of its exports fails. */
export function checksOfPolicies(plan: Pick<Plan, "policies">): Check[] {
  return findRefusingPolicies(plan).map((policy) => ({
    name: `policy:${policy.name}`,
    status: "failed",
    message: policy.message,
    ...hintOf(policy),
  }));
}

function hintOf({ error, needs }: PolicyResult): { hint?: string } {
  if (error !== undefined) return { hint: `It could not be evaluated: ${error}.` };
  return needs === undefined ? {} : { hint: neededApprovalsText(needs) };
}

/** What lets a policy pass. */
export function neededApprovalsText({ group, count, have }: NonNullable<PolicyResult["needs"]>): string {
  return `It takes ${counted(count, "approval")} by ${group}; there ${have === 1 ? "is" : "are"} ${have}.`;
}
