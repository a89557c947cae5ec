import type { Approval } from "../../model/config/approval.js";
import type { Config } from "../../model/config/config.js";
import type { ExportPlan, Plan } from "../../model/plan/plan.js";
import { actorOf, checkAccess } from "../../policy/access.js";
import type { Run } from "../../run/run.js";

export interface JudgeOptions {
  /** Who runs this, such as `github:anna`; undefined when nobody can tell. */
  readonly identity?: string | undefined;
  /** Of this very plan, verified. */
  readonly approvals?: readonly Approval[] | undefined;
}

/** The plan with what access and policies say about it, which depends on who runs and approves it. */
export async function judgePlan(
  { config, clock }: Pick<Run, "config" | "clock">,
  plan: Plan,
  judging: JudgeOptions,
): Promise<Plan> {
  const allowed = withAccess(config, plan, judging);
  if (config.policies.size === 0) return allowed;
  const { judgePolicies } = await import("../../policy/judge.js");
  const facts = {
    plan: allowed,
    environment: config.environment,
    actor: actorOf(judging.identity, config.roles),
    now: clock,
  };
  return { ...allowed, policies: judgePolicies(facts, config.policies.values(), judging.approvals ?? []) };
}

function withAccess(config: Config, plan: Plan, { identity, approvals = [] }: JudgeOptions): Plan {
  if (config.roles === undefined) return plan;
  const actor = actorOf(identity, config.roles);
  const approvers = approvals.map(({ signer }) => `ssh:${signer}`);
  const exports = plan.exports.map((item): ExportPlan => {
    const connection = config.connections.get(item.connection);
    if (connection === undefined || item.error !== undefined) return item;
    return { ...item, checks: [...item.checks, ...checkAccess(connection, actor, config.roles, approvers)] };
  });
  return { ...plan, exports };
}
