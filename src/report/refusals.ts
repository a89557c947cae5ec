import { holdsWithdrawals } from "../model/check-kinds.js";
import { RECORD_CHANGES, type Check, type ExportPlan, type Plan } from "../model/plan.js";
import type { PolicyResult } from "../model/policy.js";
import { changes } from "./danger.js";
import { isRefused } from "./policies-human.js";
import { count, counted } from "./quantity.js";
import { totals } from "./summary.js";

/** What apply would refuse because of checks that failed, and what would let it go on all the same. */
export interface Refusals {
  readonly failedChecks: number;
  readonly exports: readonly string[];
  /** What `--override` takes for all of them; undefined when none failed or one of them may not be overridden. */
  readonly overrides: readonly string[] | undefined;
  /** Names of the policies that refuse the whole plan. */
  readonly policies: readonly string[];
  /** Refused exports of which people are removed all the same, because they withdrew. */
  readonly withdrawing: readonly { readonly name: string; readonly people: number }[];
}

export function refusals(plan: Plan): Refusals {
  const { accounts, exports } = plan;
  const shared = new Set(
    accounts.filter(({ checks }) => failed(checks).length > 0).map(({ type, id }) => `${type}:${id}`),
  );
  const refused = exports.filter(({ checks, account }) => failed(checks).length > 0 || shared.has(account));
  const policies = refusingPolicies(plan).map(({ name }) => name);
  return {
    failedChecks: totals(plan).failedChecks,
    exports: refused.map(({ name }) => name),
    overrides: shared.size > 0 ? undefined : overridesOf(refused.flatMap(({ checks }) => failed(checks))),
    policies,
    withdrawing: (policies.length > 0 ? exports : refused).flatMap(withdrawing),
  };
}

/** More exports than this are only counted. */
const MOST_NAMED = 5;

/** Whom apply removes in spite of what it refuses; undefined when nobody. */
export function withdrawingSentence(
  { withdrawing: all }: Refusals,
  quote = (name: string): string => name,
): string | undefined {
  const people = all.reduce((sum, one) => sum + one.people, 0);
  if (people === 0) return undefined;
  return `${counted(people, "person", "people")} who withdrew (no consent, or suppressed) ${people === 1 ? "is" : "are"} removed all the same${fromWhere(all, quote)}.`;
}

function fromWhere(all: Refusals["withdrawing"], quote: (name: string) => string): string {
  const [one] = all;
  if (all.length > MOST_NAMED) return ` from ${count(all.length)} exports`;
  if (one !== undefined && all.length === 1) return ` from ${quote(one.name)}`;
  return `: ${all.map(({ name, people }) => `${count(people)} from ${quote(name)}`).join(", ")}`;
}

function withdrawing({ name, checks, counts, error }: ExportPlan): { name: string; people: number }[] {
  const people = counts.withdrawn ?? 0;
  const held = error !== undefined || failed(checks).some((check) => holdsWithdrawals(check.name));
  return held || people === 0 ? [] : [{ name, people }];
}

/**
 * What stands before the command that applies the plan; undefined when it would
 * do nothing. `approved`: as if those who have to approve it had done so.
 */
export function applyLabel(plan: Plan, approved: boolean): string | undefined {
  const { exports: refused, policies, withdrawing: all } = refusals(plan);
  const whole = approved || policies.length === 0;
  if (whole && refused.length === 0) return "To apply this plan:";
  const goes = ({ name }: ExportPlan): boolean => !refused.includes(name);
  const rest =
    plan.exports.some((item) => goes(item) && changes(item)) ||
    plan.configChanges.some(({ export: name, kind }) => RECORD_CHANGES.has(kind) && !refused.includes(name));
  if (whole && rest) return "To apply what of this plan is not refused:";
  return all.length === 0 ? undefined : "To remove those who withdrew, and to do nothing else:";
}

/** The policies that make apply refuse this plan. */
export function refusingPolicies({ policies = [] }: Plan): PolicyResult[] {
  return policies.filter((policy) => policy.status !== "ok" && isRefused(policy));
}

/** What `--override` takes to let these checks pass; undefined when there are none or one of them may not be overridden. */
export function overridesOf(checks: readonly Check[]): string[] | undefined {
  const words = checks.flatMap(({ override }) => override ?? []);
  return words.length === 0 || words.length < checks.length ? undefined : words;
}

function failed(checks: readonly Check[]): Check[] {
  return checks.filter(({ status }) => status === "failed");
}
