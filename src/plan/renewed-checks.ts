import type { Check } from "../model/plan/plan.js";
import { isAskedAgain } from "./checks/registry.js";

/** The checks of a saved plan as it is applied: what is found now of how things stand, and what was found of its rows. */
export function renewChecks(now: readonly Check[], planned: readonly Check[]): Check[] {
  return [
    ...now.filter(({ name }) => isAskedAgain(name)).map((check) => withPlannedOverride(check, planned)),
    ...planned.filter(({ name }) => !isAskedAgain(name)),
  ];
}

/** What was overridden when the plan was made is part of what was approved. */
export function withPlannedOverride(check: Check, planned: readonly Check[]): Check {
  const before = planned.find(({ name, message }) => name === check.name && message === check.message);
  return check.status === "failed" && before?.status === "overridden"
    ? { ...check, status: "overridden" }
    : check;
}
