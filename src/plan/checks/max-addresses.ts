import { counted } from "../../model/words/counted.js";
import type { RefusingCheck } from "./check.js";
import { allowedWords } from "./safeguards/limit.js";

/** How many addresses all exports of an account come to. */
export interface AccountFacts {
  /** Distinct addresses over all exports once applied. */
  readonly addresses: number;
  readonly limit: number | undefined;
}

/** The limit of an account against what all of its exports come to. */
export const maxAddresses = {
  name: "max-addresses",
  fails: "all exports of the account come to more addresses than the contract allows",
  asked: "again",
  overridable: false,
  holdsWithdrawals: false,
  additions: true,
  find: ({ addresses, limit }) =>
    limit === undefined || addresses <= limit
      ? []
      : [
          {
            message: `All exports of this account come to ${counted(addresses, "address", "addresses")}, but at most ${allowedWords(limit)}.`,
            hint: "Narrow the segments, or state the number your contract allows as contract.contacts of the connection.",
          },
        ],
} as const satisfies RefusingCheck<AccountFacts>;
