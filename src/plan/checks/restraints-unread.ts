import type { Failure } from "../../model/failure.js";
import type { RefusingCheck } from "./check.js";

/** Between a plan and its apply lie days: where nobody can tell who said no in them, nobody is sent. */
export const restraintsUnread = {
  name: "restraints-unread",
  fails: "suppressions, consent or exclusions cannot be read once more when a saved plan is applied",
  asked: "again",
  overridable: false,
  holdsWithdrawals: false,
  additions: true,
  find: ({ message, hint }) => [
    {
      message: `Who was suppressed or excluded, or withdrew consent, since the plan was made cannot be told: ${message}`,
      hint: `${hint === undefined ? "" : `${hint} `}Apply the plan where the sources of the export can be read.`,
    },
  ],
} as const satisfies RefusingCheck<Pick<Failure, "message" | "hint">>;
