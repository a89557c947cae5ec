import type { RefusingCheck } from "./check.js";

/** Who is not on the new list stays on the old one. */
export const oldList = {
  name: "old-list",
  fails: "people would leave an old list although their export is not sent to its new one",
  asked: "again",
  overridable: false,
  holdsWithdrawals: false,
  additions: false,
  find: ({ after, isSent }) =>
    isSent ? [] : [{ message: `Nobody leaves the old list before "${after}" is on its new one.` }],
} as const satisfies RefusingCheck<{
  /** The export that takes the people to its new list. */
  readonly after: string;
  readonly isSent: boolean;
}>;
