import type { RefusingCheck } from "../check.js";
import { checkLimit, type LimitFacts } from "./limit.js";

/** Many who leave at once may only be missing in the data. */
export const maxRemovals = {
  name: "max-removals",
  fails: "more people would be removed than `safeguards.maxRemovals` allows",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: false,
  find: (facts) =>
    checkLimit(facts, { verb: "removed", key: "maxRemovals", look: "Check that the data is complete." }),
} as const satisfies RefusingCheck<LimitFacts>;
