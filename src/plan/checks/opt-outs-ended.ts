import { formatCount, counted } from "../../model/words/counted.js";
import type { RefusingCheck } from "./check.js";

/** Up to so many are let back in whatever the share, unless they are all. */
const FEW = 5;
/** So many do not all change their mind at once. */
const ALL = 3;
const SHARE = 0.2;

/** What a place says less than before. */
export interface EndedOptOuts {
  /** Completes "12 of 40 people who …". */
  readonly said: string;
  readonly known: number;
  readonly ended: number;
}

/** An answer that lacks people looks like many who changed their mind at once. */
export function isUnlikely({ known, ended }: Pick<EndedOptOuts, "known" | "ended">): boolean {
  return (ended > FEW && ended > known * SHARE) || (ended >= ALL && ended === known);
}

/** Where it is unlikely that so many changed their mind, an export goes on only by a person who looked. */
export const optOutsEnded = {
  name: "opt-outs-ended",
  fails: "a place at the destination names more than a fifth of those no more who had opted out there",
  asked: "again",
  overridable: true,
  holdsWithdrawals: false,
  additions: true,
  find: (places) =>
    places.filter(isUnlikely).map(({ said, known, ended }) => ({
      message: `${formatCount(ended)} of ${counted(known, "person", "people")} who ${said} are not named there any more, so that the answer may not be whole.`,
      hint: "Look there whether they were taken out on purpose. With the override they are let back in.",
    })),
} as const satisfies RefusingCheck<readonly EndedOptOuts[]>;
