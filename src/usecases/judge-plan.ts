import type { Approval } from "../model/approval.js";
import type { Plan } from "../model/plan.js";
import { rolesOf } from "../policy/access.js";
import type { Session } from "./prepare/session.js";

export interface Judging {
  /** Who runs this, such as `github:anna`; undefined when nobody can tell. */
  readonly identity?: string | undefined;
  /** Of this very plan, verified. */
  readonly approvals?: readonly Approval[] | undefined;
}

/** The plan with the verdict of every policy. */
export async function judgedPlan(
  { config, clock }: Session,
  plan: Plan,
  { identity, approvals = [] }: Judging,
): Promise<Plan> {
  if (config.policies.size === 0) return plan;
  const { judge } = await import("../policy/judge.js");
  const actor = { identity, roles: rolesOf(identity === undefined ? [] : [identity], config.roles) };
  const facts = { plan, environment: config.environment, actor, now: clock };
  return { ...plan, policies: judge(facts, config.policies.values(), approvals) };
}
