import { RECORD_CHANGES, type Plan } from "../model/plan.js";
import { count, counted } from "./quantity.js";

/** All exports of a plan together; exports that could not be planned do not count. */
export interface Totals {
  readonly add: number;
  readonly update: number;
  readonly remove: number;
  readonly unchanged: number;
  readonly heldBack: number;
  readonly failedChecks: number;
  readonly errors: number;
  /** Lists and fields that apply creates. */
  readonly creates: number;
  /** Exports whose record is renamed, moved, let go, protected or not any more. */
  readonly records: number;
}

export function totals(plan: Plan): Totals {
  const sum = {
    add: 0,
    update: 0,
    remove: 0,
    unchanged: 0,
    heldBack: 0,
    failedChecks: 0,
    errors: 0,
    creates: 0,
    records: plan.configChanges.filter(({ kind }) => RECORD_CHANGES.has(kind)).length,
  };
  for (const account of plan.accounts) {
    sum.failedChecks += account.checks.filter((check) => check.status === "failed").length;
  }
  for (const item of plan.exports) {
    sum.failedChecks += item.checks.filter((check) => check.status === "failed").length;
    if (item.error !== undefined) {
      sum.errors += 1;
      continue;
    }
    sum.add += item.counts.add;
    sum.update += item.counts.update;
    sum.remove += item.counts.remove;
    sum.unchanged += item.counts.unchanged;
    sum.heldBack += Object.values(item.counts.heldBack).reduce((all, some) => all + some, 0);
    sum.creates += item.fieldsToCreate.length + (item.list.create ? 1 : 0);
  }
  return sum;
}

/** True when applying the plan would send nothing and let no record go. Held-back people are no change. */
export function isEmpty(plan: Plan): boolean {
  const { add, update, remove, creates, records, errors } = totals(plan);
  return add + update + remove + creates + records + errors === 0;
}

/** The sentence that ends a plan; people and scripts read it, so it keeps its form. */
export function planSentence(plan: Plan): string {
  const sum = totals(plan);
  if (sum.errors > 0) {
    return `Plan is incomplete: ${count(sum.errors)} of ${counted(plan.exports.length, "export")} could not be planned.`;
  }
  if (isEmpty(plan)) {
    const rest = (sum.heldBack > 0 ? ` ${count(sum.heldBack)} held back.` : "") + detachedText(plan);
    // Of a list that is not looked at nobody can say that it matches.
    const all = plan.exports.every(({ detached }) => detached !== undefined) && plan.exports.length > 0;
    return all ? `No changes.${rest}` : `No changes. The lists match the configuration.${rest}`;
  }
  const records = sum.records > 0 ? ` ${counted(sum.records, "change")} of the record.` : "";
  return (
    `Plan: ${count(sum.add)} to add, ${count(sum.update)} to change, ` +
    `${count(sum.remove)} to remove, ${count(sum.heldBack)} held back.${records}${detachedText(plan)}`
  );
}

function detachedText({ exports }: Plan): string {
  const detached = exports.filter((item) => item.detached !== undefined).length;
  return detached === 0 ? "" : ` ${counted(detached, "export is", "exports are")} detached.`;
}
