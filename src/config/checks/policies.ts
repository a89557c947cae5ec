import type { Config } from "../../model/config/config.js";
import { MAX_POLICIES } from "../limits.js";
import { suggestionFor } from "../diagnostics/nearest.js";
import type { Problem } from "../diagnostics/problem.js";

/** Conditions of policies that cannot be evaluated, and approvals that nothing asks for. */
export async function checkPolicies(config: Config): Promise<Problem[]> {
  if (config.policies.size === 0) return [];
  if (config.policies.size > MAX_POLICIES)
    return [
      {
        severity: "error",
        code: "too-many-policies",
        message: `There are more than ${MAX_POLICIES} policies.`,
        hint: "Each may take a second to evaluate. Put several conditions into one, with `||`.",
        at: ["policies"],
        onKey: true,
      },
    ];
  const { checkCondition } = await import("../../policy/expression.js");
  return [...config.policies.values()].flatMap(({ name, deny, level, approvals }): Problem[] => {
    const at = ["policies", name];
    const fault = checkCondition(deny);
    const problems: Problem[] =
      fault === undefined
        ? []
        : [
            {
              severity: "error",
              code: "wrong-condition",
              message: `This is not a condition in CEL: ${fault.message}`,
              hint: "What `plan`, `environment`, `actor` and `now` hold is in docs/reference/policies.md.",
              at: [...at, "deny"],
              within: { text: deny, start: fault.start, end: fault.end },
            },
          ];
    const { groups } = config.approvals;
    if (approvals !== undefined && !groups.has(approvals.from))
      problems.push({
        severity: "error",
        code: "unknown-group",
        message: `There is no group \`${approvals.from}\` in \`approvals.groups\`, so nobody could approve.`,
        hint: () => suggestionFor(approvals.from, groups.keys(), "group"),
        at: [...at, "approvals", "from"],
      });
    if (level === "advisory" && approvals !== undefined)
      problems.push({
        severity: "error",
        code: "unused-approvals",
        message: "An advisory policy only warns, so it needs no approvals.",
        hint: "Set `level: mandatory`, or take `approvals` out.",
        at: [...at, "approvals"],
        onKey: true,
      });
    return problems;
  });
}
