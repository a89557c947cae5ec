import { counted } from "../../../model/words/counted.js";
import { placeInBrackets, type Place } from "../../../model/words/place.js";
import type { WarningCheck } from "../check.js";

export interface UnclearFacts {
  /** How a message names what says who consents. */
  readonly name: string;
  /** Profiles with a value that means neither yes nor no. */
  readonly unclear: number;
  /** Where the first of them stands; asked only when there is one. */
  readonly first: Place["first"];
}

/** Who may have meant yes is held back. */
export const unclearConsent = {
  name: "unclear-consent",
  asked: "once",
  onlyWarns: true,
  find: ({ name, unclear, first }) =>
    unclear === 0
      ? []
      : [
          {
            message: `${counted(unclear, "profile")} ${unclear === 1 ? "has" : "have"} a value of ${name} that means neither yes nor no${placeInBrackets({ first })}: held back.`,
            hint: `If some of these values mean yes, say so: \`consent: {column: ${/^column (".*")$/su.exec(name)?.[1] ?? "NAME"}, is: [VALUE]}\`.`,
          },
        ],
} as const satisfies WarningCheck<UnclearFacts>;
