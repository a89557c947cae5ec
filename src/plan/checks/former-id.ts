import { counted } from "../../model/words/counted.js";
import { literal } from "../../plugin/relation.js";
import type { RefusingCheck } from "./check.js";

export interface FormerIdFacts {
  /** Former ids that cannot be computed any more. */
  readonly lost: readonly string[];
  /** People who said no and may be known by them. */
  readonly unwilling: number;
  readonly forgotten: number;
}

/** Whoever said no stays the same person only as long as the id of then can be told. */
export const formerId = {
  name: "former-id",
  fails:
    "`match.id` was another one before, which cannot be computed any more, and whoever said no or was forgotten may be known by it",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: true,
  find: ({ lost, unwilling, forgotten }) => {
    if (lost.length === 0 || unwilling + forgotten === 0) return [];
    const who = [
      ...(unwilling === 0
        ? []
        : [
            `${counted(unwilling, "person", "people")} of the account who said no (opted out, suppressed or taken off by hand)`,
          ]),
      ...(forgotten === 0 ? [] : [`${counted(forgotten, "person who was", "people who were")} forgotten`]),
    ];
    return [
      {
        message: `\`match.id\` was ${lost.map(literal).join(" and ")} before, which cannot be computed any more, and ${who.join(" and ")} may be known by it.`,
        hint: "Keep the old column in the source, filled, as long as they may come back with a new address. Without it they are known by their addresses only; once this was overridden and applied, it is asked for no more.",
      },
    ];
  },
} as const satisfies RefusingCheck<FormerIdFacts>;
