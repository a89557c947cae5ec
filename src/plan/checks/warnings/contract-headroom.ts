import { formatCount, counted } from "../../../model/words/counted.js";
import type { WarningCheck } from "../check.js";
import type { AccountFacts } from "../max-addresses.js";

export interface HeadroomFacts extends AccountFacts {
  /** Of the addresses, those that are new to the account's record. */
  readonly added: number;
  /** Whether the limit is the contract's own. */
  readonly contract: boolean;
  /** Contacts stored at the destination now, ours or not. */
  readonly stored: number | undefined;
}

/** What is stored there already counts as well; where ours alone are too many, `max-addresses` says that. */
export const contractHeadroom = {
  name: "contract-headroom",
  asked: "again",
  onlyWarns: true,
  find: ({ addresses, added, limit, contract, stored }) => {
    if (limit === undefined || addresses > limit || !contract || stored === undefined) return [];
    if (stored + added <= limit) return [];
    return [
      {
        message: `The account stores ${counted(stored, "contact")}; with ${formatCount(added)} more it may pass the ${formatCount(limit)} of your contract.`,
        hint: "The vendor refuses contacts past the contract. Free some, or extend the contract.",
      },
    ];
  },
} as const satisfies WarningCheck<HeadroomFacts>;
