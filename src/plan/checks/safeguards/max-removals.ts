import type { RefusingCheck } from "../check.js";
import { checkLimit, type LimitFacts } from "./limit.js";

/**
 * Many who leave at once may only be missing in the data. All of them is no limit: after a switch to mirror more may leave
 * than are delivered, with those who had stayed on the list.
 */
export const maxRemovals = {
  name: "max-removals",
  fails: "more people would be removed than `safeguards.maxRemovals` allows",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: false,
  find: ({ limit, ...facts }) =>
    checkLimit(
      { ...facts, limit: limit.share === 1 ? { ...limit, share: undefined } : limit },
      { verb: "removed", key: "maxRemovals", look: "Check that the data is complete." },
    ),
} as const satisfies RefusingCheck<LimitFacts>;
