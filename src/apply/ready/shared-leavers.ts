import { keepSharedLeavers } from "../../reconcile/change-set/removals.js";
import type { EvaluatedExport, PreparedExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";

/** Lets nobody go from a shared list who counted on an export that is not sent after all. */
export async function keepLeaversOfSharedLists(
  { engine }: Run,
  prepared: PreparedExport,
  notSent: readonly EvaluatedExport[],
): Promise<PreparedExport> {
  const { list, changeSet } = prepared;
  const partners = notSent.filter((other) => list !== undefined && other.list?.id === list.id);
  if (partners.length === 0) return prepared;
  const changes = partners.map((partner) => partner.changes);
  return { ...prepared, changeSet: await keepSharedLeavers(engine, changeSet, changes) };
}
