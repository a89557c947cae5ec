import type { Plan } from "../../model/plan/plan.js";
import { appliedOf, type AppliedShare, type Refusals } from "../../plan/refusals.js";
import { formatCount, counted } from "../layout/quantity.js";

/** More exports than this are only counted. */
const MOST_NAMED = 5;

/** Whom apply removes in spite of what it refuses; undefined when nobody. */
export function withdrawingSentence(
  { withdrawing: all }: Pick<Refusals, "withdrawing">,
  quote = (name: string): string => name,
): string | undefined {
  const people = all.reduce((sum, one) => sum + one.people, 0);
  if (people === 0) return undefined;
  return `${counted(people, "person", "people")} who withdrew (no consent, or suppressed) ${people === 1 ? "is" : "are"} removed all the same${fromWhere(all, quote)}.`;
}

function fromWhere(all: Refusals["withdrawing"], quote: (name: string) => string): string {
  const [one] = all;
  if (all.length > MOST_NAMED) return ` from ${formatCount(all.length)} exports`;
  if (one !== undefined && all.length === 1) return ` from ${quote(one.name)}`;
  return `: ${all.map(({ name, people }) => `${formatCount(people)} from ${quote(name)}`).join(", ")}`;
}

const LABELS: Readonly<Record<AppliedShare, string | undefined>> = {
  all: "To apply this plan:",
  rest: "To apply what of this plan is not refused:",
  withdrawals: "To remove those who withdrew, and to do nothing else:",
  nothing: undefined,
};

/**
 * What comes before the command that applies the plan; undefined when it would
 * do nothing. `approved`: as if those who have to approve it had done so.
 */
export function applyLabel(plan: Plan, approved: boolean): string | undefined {
  return LABELS[appliedOf(plan, approved)];
}
