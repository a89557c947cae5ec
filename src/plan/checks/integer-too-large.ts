import { counted } from "../../model/words/counted.js";
import { placeInBrackets } from "../../model/words/place.js";
import type { BadValues } from "../../model/plan/plan.js";
import type { RefusingCheck } from "./check.js";

/** What is not carried exactly arrives as another number. */
export const integerTooLarge = {
  name: "integer-too-large",
  fails: "a number cannot be carried exactly in JSON",
  asked: "once",
  overridable: false,
  holdsWithdrawals: false,
  additions: true,
  find: (unsafe) =>
    unsafe.map(({ attribute, reason, count, ...place }) => ({
      message: `${counted(count, "value")} of ${attribute} ${count === 1 ? "is" : "are"} ${reason}${placeInBrackets(place)}.`,
      hint: "Map the attribute as text.",
    })),
} as const satisfies RefusingCheck<readonly BadValues[]>;
