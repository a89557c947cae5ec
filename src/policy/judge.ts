import type { Approval } from "../model/config/approval.js";
import type { Policy, PolicyResult } from "../model/config/policy.js";
import { evaluateCondition } from "./expression.js";
import { policyInput, type PolicyFacts } from "./policy-input.js";

/**
 * How every policy judges a plan; all of them, not up to the first that is
 * violated. `approvals` are verified already, and different signers count once
 * each. What cannot be evaluated counts as violated, and no approval helps:
 * nobody could know what they approve.
 */
export function judgePolicies(
  facts: PolicyFacts,
  policies: Iterable<Policy>,
  approvals: readonly Approval[],
): PolicyResult[] {
  const input = policyInput(facts);
  return [...policies].map((policy) => {
    const { name, level, message } = policy;
    const found = evaluateCondition(policy.deny, input);
    if ("fault" in found) return { name, level, status: "error", message, error: found.fault };
    if (!found.value) return { name, level, status: "ok", message };
    const needs = needsOf(policy, approvals);
    const approved = needs !== undefined && needs.have >= needs.count;
    return {
      name,
      level,
      status: approved ? "approved" : "violated",
      message,
      ...(needs === undefined ? {} : { needs }),
    };
  });
}

function needsOf({ approvals }: Policy, given: readonly Approval[]): PolicyResult["needs"] {
  if (approvals === undefined) return undefined;
  const { from: group, count } = approvals;
  const signers = new Set(given.filter(({ groups }) => groups.includes(group)).map(({ signer }) => signer));
  return { group, count, have: signers.size };
}
