import type { Actor } from "../../model/config/access.js";
import type { Connection } from "../../model/config/connection.js";
import type { RefusingCheck } from "./check.js";

export interface AccessFacts {
  readonly connection: Pick<Connection, "name" | "usableBy">;
  readonly actor: Actor;
  /** Whether the actor, or who approved the plan, may use the connection. */
  readonly allowed: boolean;
}

/** Who runs or approves a plan may use its connections. */
export const access = {
  name: "access",
  fails: "`roles` are given, and whoever runs this may not use the connection",
  asked: "again",
  overridable: false,
  holdsWithdrawals: false,
  additions: false,
  find: ({ connection: { name, usableBy }, actor: { identity, roles }, allowed }) => {
    if (allowed) return [];
    const isContributor = roles.length > 0;
    const who =
      identity === undefined
        ? "nobody can tell who runs this"
        : `${identity} ${isContributor ? "is a contributor" : "has no role"}`;
    return [
      {
        message: `Connection "${name}" is for ${usableBy === "admins" ? "admins" : "admins and contributors"}, and ${who}.`,
        hint:
          usableBy === "admins" && roles.includes("contributors")
            ? "Have an admin run or approve this, or share the connection with `usableBy: contributors`."
            : "`roles` say who may; see docs/access.md.",
      },
    ];
  },
} as const satisfies RefusingCheck<AccessFacts>;
