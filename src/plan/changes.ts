import type { ConfigChange, ExportPlan, Plan } from "../model/plan/plan.js";
import { countChanged } from "./counts.js";

/** Changes that an apply carries out in the record itself. */
const IN_THE_RECORD: ReadonlySet<ConfigChange["kind"]> = new Set([
  "renamed",
  "moved",
  "removed",
  "protected",
  "unprotected",
]);

/** Whether applying a plan would do anything at a destination or in the record. People held back are not a change. */
export function hasChanges({ configChanges, exports }: Pick<Plan, "configChanges" | "exports">): boolean {
  return configChanges.some(changesRecord) || exports.some(changesList);
}

/** Whether an export could not be planned, so that nobody knows all that applying would do. */
export function isIncomplete({ exports }: Pick<Plan, "exports">): boolean {
  return exports.some(({ error }) => error !== undefined);
}

/** Whether applying changes something at the destination for this export. */
export function changesList({
  counts,
  list,
  fieldsToCreate,
  error,
}: Pick<ExportPlan, "counts" | "list" | "fieldsToCreate" | "error">): boolean {
  return error === undefined && (countChanged(counts) > 0 || list.create || fieldsToCreate.length > 0);
}

/** Whether applying carries out this change in the record itself, rather than at a destination. */
export function changesRecord({ kind }: Pick<ConfigChange, "kind">): boolean {
  return IN_THE_RECORD.has(kind);
}
