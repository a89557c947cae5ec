import type { Export } from "../model/config/export.js";
import type { Counts } from "../model/plan/plan.js";
import { askCheck } from "./checks/check.js";
import type { FoundOnce } from "./checks/registry.js";
import { emptySegment } from "./checks/safeguards/empty-segment.js";
import { maxAdds } from "./checks/safeguards/max-adds.js";
import { maxProfiles } from "./checks/safeguards/max-profiles.js";
import { maxRemovals } from "./checks/safeguards/max-removals.js";
import { maxStrangerRemovals } from "./checks/safeguards/max-stranger-removals.js";
import { maxWithdrawals } from "./checks/safeguards/max-withdrawals.js";
import { minSourceRows } from "./checks/safeguards/min-source-rows.js";

export interface SafeguardFacts {
  readonly counts: Pick<Counts, "add" | "update" | "remove" | "unchanged" | "strangerRemovals">;
  /** Of those to be removed: because of consent or suppression. */
  readonly withdrawn: number;
  /** Members recorded as delivered before this run. */
  readonly recorded: number;
  readonly sourceRows: number;
  readonly emptySegments: readonly string[];
  /** The limit that applies when the export states none. */
  readonly defaultMaxProfiles: number | undefined;
}

/** Every safeguard of an export that does not hold, as far as the counts of a plan tell. */
export function checkSafeguards(
  { safeguards }: Pick<Export, "safeguards">,
  { counts, withdrawn, recorded, sourceRows, emptySegments, defaultMaxProfiles }: SafeguardFacts,
): FoundOnce[] {
  const { add, update, remove, unchanged, strangerRemovals } = counts;
  const limits = (limit: (typeof safeguards)["maxAdds"], people: number) => ({ limit, people, recorded });
  return [
    ...askCheck(maxStrangerRemovals, limits(safeguards.maxStrangerRemovals, strangerRemovals)),
    ...askCheck(maxProfiles, {
      limit: safeguards.maxProfiles ?? defaultMaxProfiles,
      delivered: add + update + unchanged,
    }),
    // Strangers have a safeguard of their own.
    ...askCheck(maxRemovals, limits(safeguards.maxRemovals, remove - strangerRemovals)),
    ...askCheck(maxWithdrawals, limits(safeguards.maxWithdrawals, withdrawn)),
    ...askCheck(maxAdds, limits(safeguards.maxAdds, add)),
    ...askCheck(minSourceRows, { least: safeguards.minSourceRows, rows: sourceRows }),
    ...askCheck(emptySegment, { allowEmpty: safeguards.allowEmpty, emptySegments }),
  ];
}
