import type { Check, Plan } from "../model/plan.js";
import type { PolicyResult } from "../model/policy.js";
import { overridingCommand } from "./override-command.js";
import { isRefused } from "./policies-human.js";
import { totals } from "./summary.js";

/** What apply would refuse because of checks that failed, and the command that would go on all the same. */
export interface Refusals {
  readonly failedChecks: number;
  readonly exports: readonly string[];
  readonly command: string | undefined;
  /** Names of the policies that refuse the whole plan. */
  readonly policies: readonly string[];
}

export function refusals(plan: Plan): Refusals {
  const { accounts, environment, exports } = plan;
  const shared = new Set(
    accounts.filter(({ checks }) => failed(checks).length > 0).map(({ type, id }) => `${type}:${id}`),
  );
  const refused = exports.filter(({ checks, account }) => failed(checks).length > 0 || shared.has(account));
  return {
    failedChecks: totals(plan).failedChecks,
    exports: refused.map(({ name }) => name),
    command:
      shared.size > 0
        ? undefined
        : overridingCommand(
            refused.flatMap(({ checks }) => failed(checks)),
            environment,
          ),
    policies: refusingPolicies(plan).map(({ name }) => name),
  };
}

/** The policies that make apply refuse this plan. */
export function refusingPolicies({ policies = [] }: Plan): PolicyResult[] {
  return policies.filter((policy) => policy.status !== "ok" && isRefused(policy));
}

function failed(checks: readonly Check[]): Check[] {
  return checks.filter(({ status }) => status === "failed");
}
