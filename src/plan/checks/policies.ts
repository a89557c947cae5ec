import { counted } from "../../model/counted.js";
import type { Check, Plan } from "../../model/plan.js";
import type { PolicyResult } from "../../model/policy.js";
import { refuses } from "../../policy/refuses.js";

/** Verdicts over the whole plan that refuse it, as checks that each of its exports fails. */
export function policyChecks({ policies = [] }: Pick<Plan, "policies">): Check[] {
  return policies.filter(refuses).map((policy) => ({
    name: `policy:${policy.name}`,
    status: "failed",
    message: policy.message,
    ...hintOf(policy),
  }));
}

function hintOf({ error, needs }: PolicyResult): { hint?: string } {
  if (error !== undefined) return { hint: `It could not be evaluated: ${error}.` };
  if (needs === undefined) return {};
  const { group, count, have } = needs;
  return {
    hint: `It takes ${counted(count, "approval")} by ${group}; there ${have === 1 ? "is" : "are"} ${have}.`,
  };
}
