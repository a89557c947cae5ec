import type { RefusingCheck } from "../check.js";
import { checkLimit, type LimitFacts } from "./limit.js";

/** Many who withdraw at once may only be what a wrong condition says. */
export const maxWithdrawals = {
  name: "max-withdrawals",
  fails: "more people would be withdrawn than `safeguards.maxWithdrawals` allows",
  asked: "once",
  overridable: true,
  holdsWithdrawals: true,
  additions: false,
  find: (facts) =>
    checkLimit(facts, {
      verb: "removed for lack of consent or by suppression",
      key: "maxWithdrawals",
      look: "Check the consent condition and the suppressions. Nobody is removed until this is settled.",
    }),
} as const satisfies RefusingCheck<LimitFacts>;
