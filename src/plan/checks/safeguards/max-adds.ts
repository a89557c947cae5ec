import type { RefusingCheck } from "../check.js";
import { checkLimit, type LimitFacts } from "./limit.js";

/** Many who come at once may be the wrong ones. */
export const maxAdds = {
  name: "max-adds",
  fails: "more people would be added than `safeguards.maxAdds` allows",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: true,
  find: (facts) =>
    checkLimit(facts, { verb: "added", key: "maxAdds", look: "Check that the data is right." }),
} as const satisfies RefusingCheck<LimitFacts>;
