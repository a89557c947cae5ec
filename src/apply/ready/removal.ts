import type { Removal } from "../../reconcile/change-set/removals.js";
import type { PreparedExport } from "../../planner/prepared.js";

/** An export as far as it takes people off its list. */
export function removalOf({ wanted, list, leaving, open, changeSet }: PreparedExport): Removal {
  const { lagSeconds } = open.plugin.capabilities;
  return { exportName: wanted.name, listId: list?.id, leaving, lagSeconds, path: changeSet.path };
}
