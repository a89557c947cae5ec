import { counted } from "../../model/words/counted.js";
import type { RefusingCheck } from "./check.js";
import { nameAndUse, type NamedSegment } from "./named-segment.js";

export interface UnreadableFacts extends Omit<NamedSegment, "addresses"> {
  /** The first of the rows that are blank or unreadable, in words. */
  readonly badPlaces: readonly string[];
}

/** Everybody whom a segment is to hold back has to be read from it. */
export const unreadableAddresses = {
  name: "unreadable-addresses",
  fails: "a segment that suppresses or excludes people cannot be read in full",
  asked: "again",
  overridable: false,
  holdsWithdrawals: false,
  additions: true,
  find: (facts) => {
    const { rows, blank, unreadable, badPlaces } = facts;
    const bad = blank + unreadable;
    if (bad === 0) return [];
    return [
      {
        message: `${bad} of ${counted(rows, "row")} of segment ${nameAndUse(facts)}, cannot be read (${reasons(facts)}): ${badPlaces.join(", ")}${bad > badPlaces.length ? " and more" : ""}. Nobody can tell whom they are to hold back.`,
        hint: "Write one address a line, or one in each row of the column. Rows that are meant to have none are left out by a condition of the segment.",
      },
    ];
  },
} as const satisfies RefusingCheck<UnreadableFacts>;

function reasons({ blank, unreadable }: UnreadableFacts): string {
  return [
    ...(unreadable > 0 ? [`${counted(unreadable, "holds", "hold")} no address that is certain`] : []),
    ...(blank > 0 ? [`${counted(blank, "is", "are")} empty`] : []),
  ].join(", ");
}
