import { counted } from "../../../model/words/counted.js";
import type { RefusingCheck } from "../check.js";
import { allowedWords } from "./limit.js";

/** An export that grows beyond what was meant. */
export const maxProfiles = {
  name: "max-profiles",
  fails: "the export comes to more people than `safeguards.maxProfiles`",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: true,
  find: ({ limit, delivered }) =>
    limit === undefined || delivered <= limit
      ? []
      : [
          {
            message: `${counted(delivered, "profile")}, but at most ${allowedWords(limit)}.`,
            hint: "Narrow the segments, or raise safeguards.maxProfiles (or the connection's contract.contacts).",
          },
        ],
} as const satisfies RefusingCheck<{ readonly limit: number | undefined; readonly delivered: number }>;
