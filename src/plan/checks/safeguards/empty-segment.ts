import type { RefusingCheck } from "../check.js";

/** An empty segment is more often a fault than a wish. */
export const emptySegment = {
  name: "empty-segment",
  fails: "a segment holds nobody and `safeguards.allowEmpty` is not set",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: false,
  find: ({ allowEmpty, emptySegments }) =>
    allowEmpty
      ? []
      : emptySegments.map((segment) => ({
          message: `Segment "${segment}" is empty. An empty segment is more often a fault than a wish.`,
          hint: "Check its condition and its source. If it is meant, set safeguards.allowEmpty.",
        })),
} as const satisfies RefusingCheck<{
  readonly allowEmpty: boolean;
  readonly emptySegments: readonly string[];
}>;
