import { count, counted } from "../../model/counted.js";
import { placeInBrackets, placeInWords, type Place } from "../../model/place.js";
import type { Check } from "../../model/plan.js";

/** When more of the delivered members than this say nothing of consent any more, the data is at fault sooner than people. */
const MOST_SILENT = 0.1;

export interface ConsentFacts {
  /** How a message names what says who consents. */
  readonly name: string;
  /** Profiles with a value that means neither yes nor no. */
  readonly unclear: number;
  /** Members recorded as delivered whose profiles say nothing of consent by now. */
  readonly silent: number;
  readonly recorded: number;
}

/** Finds where such values stand; asked only when there is something to say of them. */
export type FindPlaces = Readonly<Record<"unclear" | "silent", () => Promise<Place>>>;

/** Whether what the data says of consent can be believed. */
export async function checkConsentData(
  { name, unclear, silent, recorded }: ConsentFacts,
  find: FindPlaces,
): Promise<Check[]> {
  const checks: Check[] = [];
  // One person may have been left empty; several at once are looked at.
  if (silent > Math.max(1, Math.floor(MOST_SILENT * recorded))) {
    const { first } = await find.silent();
    checks.push({
      name: "missing-consent",
      status: "failed",
      message: `${count(silent)} of ${counted(recorded, "delivered member")} have no consent that can be read any more (${[name, placeInWords({ first })].filter((words) => words !== "").join(", ")}), and would be removed.`,
      hint: "Check the data: is the column filled? Nobody is removed until this is settled.",
    });
  }
  if (unclear > 0) {
    const { first } = await find.unclear();
    checks.push({
      name: "unclear-consent",
      status: "warning",
      message: `${counted(unclear, "profile")} ${unclear === 1 ? "has" : "have"} a value of ${name} that means neither yes nor no${placeInBrackets({ first })}: held back.`,
      hint: `If some of these values mean yes, say so: \`consent: {column: ${/^column (".*")$/su.exec(name)?.[1] ?? "NAME"}, is: [VALUE]}\`.`,
    });
  }
  return checks;
}
