import { counted } from "../../../model/words/counted.js";
import type { RefusingCheck } from "../check.js";
import { allowedWords, allowedCount, type LimitFacts } from "./limit.js";

/** People who are not ours are taken off a list only as far as the config says in so many words. */
export const maxStrangerRemovals = {
  name: "max-stranger-removals",
  fails: "more members that no export claims would be removed than `safeguards.maxStrangerRemovals` allows",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: false,
  find: ({ limit, people, recorded }) => {
    const most = allowedCount(limit, recorded) ?? 0;
    if (people <= most) return [];
    return [
      {
        message: `${counted(people, "member")} that no export claims would be taken off the list, but at most ${allowedWords(most)}.`,
        hint: "Look at who they are with `rollcall drift`. If this is meant, raise safeguards.maxStrangerRemovals for this run.",
      },
    ];
  },
} as const satisfies RefusingCheck<LimitFacts>;
