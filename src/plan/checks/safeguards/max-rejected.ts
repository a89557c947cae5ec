import { formatCount } from "../../../model/words/counted.js";
import type { Export } from "../../../model/config/export.js";
import type { RefusingCheck } from "../check.js";
import { allowedWords, allowedCount } from "./limit.js";

export interface RejectedFacts extends Pick<Export, "safeguards"> {
  /** Whether a person lets any number be rejected. */
  readonly overridden: boolean;
}

/** By this check a run stops. Only the run shows whom the destination rejects, so that a plan names the check where a person lets it pass. */
export const maxRejected = {
  name: "max-rejected",
  fails:
    "the destination rejects more people in the run than `safeguards.maxRejected` allows: the run stops there",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: true,
  find: ({ safeguards, overridden }) =>
    safeguards.maxRejected === undefined || !overridden
      ? []
      : [{ message: "However many people the destination rejects, the run goes on." }],
} as const satisfies RefusingCheck<RejectedFacts>;

/** How many of so many people sent may be rejected; undefined for any number. */
export function maxRejectedCount(
  { safeguards: { maxRejected: limit }, overridden }: RejectedFacts,
  sent: number,
): number | undefined {
  return limit === undefined || overridden ? undefined : allowedCount(limit, sent);
}

/** What is said once a run stops. */
export function tooManyRejectedText(rejected: number, sent: number, most: number): string {
  return `The destination rejected ${formatCount(rejected)} of ${formatCount(sent)} people, but at most ${allowedWords(most)} (${maxRejected.name}): the run stops there.`;
}
