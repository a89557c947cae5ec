import type { Check, Plan } from "../model/plan.js";
import { overridingCommand } from "./override-command.js";
import { totals } from "./summary.js";

/** What apply would refuse because of checks that failed, and the command that would go on all the same. */
export interface Refusals {
  readonly failedChecks: number;
  readonly exports: readonly string[];
  readonly command: string | undefined;
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
  };
}

function failed(checks: readonly Check[]): Check[] {
  return checks.filter(({ status }) => status === "failed");
}
