import { count, counted } from "../../model/counted.js";
import type { Check } from "../../model/plan.js";

export const OPT_OUTS_ENDED = "opt-outs-ended";

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

/** An export passes it only by a person who looked. */
export function checkEndedOptOuts({ said, known, ended }: EndedOptOuts): Check {
  return {
    name: OPT_OUTS_ENDED,
    status: "failed",
    message: `${count(ended)} of ${counted(known, "person", "people")} who ${said} are not named there any more, so that the answer may not be whole.`,
    hint: "Look there whether they were taken out on purpose. With the override they are let back in.",
  };
}
