import type { PolicyResult } from "../../model/config/policy.js";
import { neededApprovalsText, isRefusing } from "../../plan/policies.js";
import type { Palette } from "../layout/palette.js";
import { counted } from "../layout/quantity.js";
import { wrap } from "../layout/text.js";

/** All policies that are violated, in one block, and what follows. */
export function policiesHuman(policies: readonly PolicyResult[], paint: Palette): string[] {
  const violated = policies.filter(({ status }) => status !== "ok");
  if (violated.length === 0) return [];
  const lines = [paint.strong("Policies"), ""];
  for (const policy of violated) {
    const refused = isRefusing(policy);
    const colour = refused ? paint.error : paint.warn;
    const word = policy.status === "approved" ? "approved" : policy.level;
    lines.push(...wrap(refused ? "  ✗ " : "  ! ", `${policy.name} (${word}): ${policy.message}`).map(colour));
    const more = policyDetail(policy);
    if (more !== undefined) lines.push(...wrap("    ", more).map(paint.quiet));
  }
  const refusing = violated.filter(isRefusing).length;
  if (refusing > 0) {
    const verb = refusing === 1 ? "refuses" : "refuse";
    const text = `${counted(refusing, "mandatory policy", "mandatory policies")} ${verb} this plan: apply sends withdrawals only.`;
    lines.push("", ...wrap("", text).map(paint.error));
  }
  return [...lines, ""];
}

/** Why it could not be evaluated, or what lets it pass. */
export function policyDetail({ error, needs }: PolicyResult): string | undefined {
  if (error !== undefined) return `It could not be evaluated, which counts as violated: ${error}.`;
  return needs && neededApprovalsText(needs);
}
