import type { Removing } from "../../reconcile/change-set/removals.js";
import type { PreparedExport } from "../../planner/prepared.js";

/** An export as far as it takes people off its list. */
export function removing({ wanted, list, leaving, open, changeSet }: PreparedExport): Removing {
  const { lagSeconds } = open.plugin.capabilities;
  return { exportName: wanted.name, listId: list?.id, leaving, lagSeconds, path: changeSet.path };
}
