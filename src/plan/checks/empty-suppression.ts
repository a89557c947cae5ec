import type { RefusingCheck } from "./check.js";
import { nameAndUse, type NamedSegment } from "./named-segment.js";

export interface EmptyFacts extends Omit<NamedSegment, "rows"> {
  readonly allowEmpty: boolean;
}

/** A segment that is to hold people back and names nobody has more often lost its data; rows that cannot be read are a check of their own. */
export const emptySuppression = {
  name: "empty-suppression",
  fails: "a segment that suppresses or excludes people names nobody and its `allowEmpty` is not set",
  asked: "again",
  overridable: true,
  holdsWithdrawals: false,
  additions: true,
  find: (facts) => {
    const { addresses, blank, unreadable, allowEmpty } = facts;
    if (addresses > 0 || allowEmpty || blank + unreadable > 0) return [];
    return [
      {
        message: `Segment ${nameAndUse(facts)}, names nobody.`,
        hint: "Check that its data is complete. If it may be empty, set allowEmpty: true in the segment.",
      },
    ];
  },
} as const satisfies RefusingCheck<EmptyFacts>;
