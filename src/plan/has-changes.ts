import { RECORD_CHANGES, type Plan } from "../model/plan.js";

/** Whether applying a plan would do anything at a destination, or let the record of an export go. People held back are no change. */
export function hasChanges(plan: Plan): boolean {
  return (
    plan.configChanges.some(({ kind }) => RECORD_CHANGES.has(kind)) ||
    plan.exports.some(
      ({ counts, list, fieldsToCreate, error }) =>
        error === undefined &&
        (counts.add + counts.update + counts.remove > 0 || list.create || fieldsToCreate.length > 0),
    )
  );
}
