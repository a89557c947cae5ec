import type { RefusingCheck } from "./check.js";

/** Two mirrors of one list would each remove the people of the other. */
export const twoMirrors = {
  name: "two-mirrors",
  fails: "another export mirrors the same list, however either names it",
  asked: "again",
  overridable: false,
  holdsWithdrawals: false,
  additions: false,
  find: ({ others }) =>
    others.length === 0
      ? []
      : [
          {
            message: `${others.map((name) => `"${name}"`).join(" and ")} ${others.length === 1 ? "mirrors" : "mirror"} the same list: each would remove the people of the other.`,
            hint: "Put the segments into one export, use two lists, or set `mode: upsert` in all but one.",
          },
        ],
} as const satisfies RefusingCheck<{ readonly others: readonly string[] }>;
