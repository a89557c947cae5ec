import type { AttributeMapping } from "../../model/config/attribute.js";
import { counted } from "../../model/words/counted.js";
import { placeInBrackets } from "../../model/words/place.js";
import type { BadValues } from "../../model/plan/plan.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { RefusingCheck } from "./check.js";

export interface TypeFacts {
  readonly mapped: readonly Pick<AttributeMapping, "name" | "type">[];
  readonly now: Pick<ExportProgram, "attributes">;
  readonly before: Partial<Pick<ExportProgram, "attributes">>;
  readonly badValues: readonly BadValues[];
}

/**
 * Attributes that somebody gave another type at the destination since the last
 * apply, where values do not fit it: they would be left out, of everybody at
 * once. A `type` in the config says that it is meant.
 */
export const typeChanged = {
  name: "type-changed",
  fails:
    "an attribute has another type at the destination than when the export was last applied, and values do not fit it",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: true,
  find: ({ mapped, now, before, badValues }) =>
    now.attributes.flatMap(({ name, type }) => {
      const was = before.attributes?.find((one) => one.name === name)?.type;
      const isMeant = mapped.find((one) => one.name === name)?.type !== undefined;
      const bad = badValues.filter(({ attribute }) => attribute === name);
      const [first] = bad;
      if (was === undefined || was === type || isMeant || first === undefined) return [];
      const values = bad.reduce((sum, { count }) => sum + count, 0);
      return [
        {
          message: `${name} was ${was} at the destination when this export was last applied, and is ${type} now: ${counted(values, "value does", "values do")} not fit${placeInBrackets(first)} and would not be sent.`,
          hint: `Make it ${was} again there, write values that are ${type}, or say \`type: ${type}\` in the export to leave out what does not fit.`,
        },
      ];
    }),
} as const satisfies RefusingCheck<TypeFacts>;
