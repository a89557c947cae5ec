import type { Belief, Verdict } from "./belief.js";

/** What a verification would do at an account. */
export interface VerificationPlan {
  readonly connection: string;
  readonly account: { readonly id: string; readonly label: string };
  readonly list: { readonly id: string; readonly name: string };
  /** Masked. */
  readonly addresses: readonly string[];
  readonly stage: "try" | "unsubscribed" | "clean-up";
  /** The second address stays on the list at the end, for a person to unsubscribe it. */
  readonly leavesOne: boolean;
  readonly steps: readonly { readonly does: string; readonly beliefs: readonly string[] }[];
  /** Beliefs that it does not try. */
  readonly untried: readonly Pick<Belief, "id" | "says" | "trial">[];
}

export interface TriedBelief extends Pick<Belief, "id" | "says" | "either"> {
  readonly verdict: Verdict;
  readonly saw: string;
}

/** What a verification found. */
export interface Verification {
  readonly connection: string;
  readonly account: { readonly id: string; readonly label: string };
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly beliefs: readonly TriedBelief[];
  /** Steps that ended in an error; the beliefs that they would have tried are untried. */
  readonly errors: readonly string[];
  /** `waiting`: the second address is left on the list for a person to unsubscribe. `left`: something could not be taken away; the next verification does. */
  readonly traces: "none" | "waiting" | "left";
  /** Contacts of the two addresses that have come onto other lists meanwhile, and so were not deleted. */
  readonly kept: number;
  /** What the opt-out of the second address leaves at the account for good, and how a person undoes it; missing where it leaves nothing. */
  readonly stays?: string;
}
