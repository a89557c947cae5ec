import type { Plan } from "../../model/plan/plan.js";
import { hasChanges } from "../../plan/changes.js";
import { totalsOf } from "../../plan/totals.js";
import { formatCount, counted } from "../layout/quantity.js";

/** The sentence that ends a plan; people and scripts read it, so it keeps its form. */
export function planSentence(plan: Plan): string {
  const sum = totalsOf(plan);
  if (sum.errors > 0) {
    return `Plan is incomplete: ${formatCount(sum.errors)} of ${counted(plan.exports.length, "export")} could not be planned.`;
  }
  if (!hasChanges(plan)) {
    const rest = (sum.heldBack > 0 ? ` ${formatCount(sum.heldBack)} held back.` : "") + detachedText(plan);
    // Of a list that is not looked at nobody can say that it matches.
    const all = plan.exports.every(({ detached }) => detached !== undefined) && plan.exports.length > 0;
    return all ? `No changes.${rest}` : `No changes. The lists match the configuration.${rest}`;
  }
  const records = sum.records > 0 ? ` ${counted(sum.records, "change")} of the record.` : "";
  return (
    `Plan: ${formatCount(sum.add)} to add, ${formatCount(sum.update)} to change, ` +
    `${formatCount(sum.remove)} to remove, ${formatCount(sum.heldBack)} held back.${records}${detachedText(plan)}`
  );
}

function detachedText({ exports }: Plan): string {
  const detached = exports.filter((item) => item.detached !== undefined).length;
  return detached === 0 ? "" : ` ${counted(detached, "export is", "exports are")} detached.`;
}
