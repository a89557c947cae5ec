import { formatCount, counted } from "../../../model/words/counted.js";
import type { RefusingCheck } from "../check.js";

/** A source that lost rows. */
export const minSourceRows = {
  name: "min-source-rows",
  fails: "the segments hold fewer profiles than `safeguards.minSourceRows`",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: false,
  find: ({ least, rows }) =>
    least === undefined || rows >= least
      ? []
      : [
          {
            message: `The segments hold ${counted(rows, "profile")}, fewer than the ${formatCount(least)} expected.`,
            hint: "Check that the source is complete, or lower safeguards.minSourceRows.",
          },
        ],
} as const satisfies RefusingCheck<{ readonly least: number | undefined; readonly rows: number }>;
