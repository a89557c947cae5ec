import { count } from "../../model/counted.js";
import type { Export } from "../../model/export.js";
import type { Check } from "../../model/plan.js";
import { isOverridden, type Override } from "../overrides.js";
import { allowed, allowedBy } from "./safeguards.js";

/** The check by which a run stops that has too many people rejected. */
export const MAX_REJECTED = "max-rejected";

/** Only a run shows whom the destination rejects, so that a plan names the check where a person lets it pass. */
export function unlimitedRejects(
  { name, safeguards }: Pick<Export, "name" | "safeguards">,
  overrides: readonly Override[],
): Check[] {
  if (safeguards.maxRejected === undefined || !isOverridden(MAX_REJECTED, name, overrides)) return [];
  return [
    {
      name: MAX_REJECTED,
      status: "failed",
      message: "However many people the destination rejects, the run goes on.",
    },
  ];
}

/** How many of so many people sent may be rejected; undefined for any number. */
export function mostRejected(
  { safeguards: { maxRejected } }: Pick<Export, "safeguards">,
  sent: number,
  overridden: boolean,
): number | undefined {
  return maxRejected === undefined || overridden ? undefined : allowedBy(maxRejected, sent);
}

/** What is said once a run stops. */
export function tooManyRejected(rejected: number, sent: number, most: number): string {
  return `The destination rejected ${count(rejected)} of ${count(sent)} people, but at most ${allowed(most)} (${MAX_REJECTED}): the run stops there.`;
}
