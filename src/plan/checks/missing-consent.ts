import { formatCount, counted } from "../../model/words/counted.js";
import { placeInWords, type Place } from "../../model/words/place.js";
import type { RefusingCheck } from "./check.js";
import { areTooManyMissing } from "./too-many-missing.js";

export interface SilentFacts {
  /** How a message names what says who consents. */
  readonly name: string;
  /** Members recorded as delivered whose profiles say nothing of consent by now. */
  readonly silent: number;
  readonly recorded: number;
  /** Where the first of them stands; asked only when there is something to say. */
  readonly first: Place["first"];
}

/** Whether what the data says of consent can be believed. */
export const missingConsent = {
  name: "missing-consent",
  fails: "of more than a tenth of the delivered members the data says nothing of consent any more",
  asked: "once",
  overridable: true,
  holdsWithdrawals: true,
  additions: false,
  find: ({ name, silent, recorded, first }) =>
    areTooManyMissing(silent, recorded)
      ? [
          {
            message: `${formatCount(silent)} of ${counted(recorded, "delivered member")} have no consent that can be read any more (${[name, placeInWords({ first })].filter((words) => words !== "").join(", ")}), and would be removed.`,
            hint: "Check the data: is the column filled? Nobody is removed until this is settled.",
          },
        ]
      : [],
} as const satisfies RefusingCheck<SilentFacts>;
