import { formatCount, counted } from "../../model/words/counted.js";
import { placeInBrackets, type Place } from "../../model/words/place.js";
import type { RefusingCheck } from "./check.js";
import { areTooManyMissing } from "./too-many-missing.js";

export interface LostFacts {
  /** Members recorded as delivered whose profiles have no address by now that can be used. */
  readonly lost: number;
  readonly recorded: number;
  readonly where: Place;
}

/** Whether those who would leave did, or only their addresses went missing. */
export const missingAddresses = {
  name: "missing-addresses",
  fails:
    "of more than a tenth of the delivered members the data has a row still, but no address that can be used",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: false,
  find: ({ lost, recorded, where }) =>
    areTooManyMissing(lost, recorded)
      ? [
          {
            message: `${formatCount(lost)} of ${counted(recorded, "delivered member")} are in the data still, but without an address that can be used${placeInBrackets(where)}, and would be removed.`,
            hint: "Check the data: is the column of addresses filled, and is it the one that `match.email` names? Nobody is removed until this is settled.",
          },
        ]
      : [],
} as const satisfies RefusingCheck<LostFacts>;
