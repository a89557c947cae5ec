import { isStale } from "../../model/believed-time.js";
import { counted } from "../../model/words/counted.js";
import { mustNotBringBack } from "../../planner/opt-outs/hand-removed.js";
import { leaveOutThoseWhoLeft } from "../../planner/rows/change-set.js";
import { dropAdditions } from "../../reconcile/change-set/since-plan.js";
import type { PreparedAccount, PreparedExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";
import { noteWhoLeftBeforeAdding, createTakenOffTable } from "../../planner/opt-outs/taken-off.js";

/**
 * Whether there was time to take people off a list since it was looked at: a
 * person was asked, or other accounts took that long.
 */
export function shouldLookAgain({ preparedAt, optOutsFreshMs }: PreparedAccount, asked: boolean): boolean {
  return asked || isStale(preparedAt.getTime(), Date.now(), optOutsFreshMs);
}

/** Looks once more who is on the list still, as the plan did, and leaves out whom others took off meanwhile. */
export async function leaveOutTakenOff(
  run: Run,
  prepared: PreparedExport,
  account: PreparedAccount,
): Promise<PreparedExport> {
  const { tables, leaving } = prepared;
  if (leaving || run.removalsOnly) return prepared;
  await mustNotBringBack(run, prepared, tables, account.optOuts);
  await noteWhoLeftBeforeAdding(run, prepared, tables, account);
  const takenOff = await createTakenOffTable(run, prepared, tables, account);
  if (takenOff !== undefined) await withoutAdding(run, prepared, takenOff);
  // What a first run read of the list is of before.
  const now = { ...prepared, takenOff, observed: undefined };
  const changeSet = await leaveOutThoseWhoLeft(run, now, account.claims, prepared.changeSet);
  return { ...prepared, takenOff, changeSet };
}

async function withoutAdding(
  { engine, emit }: Run,
  { changeSet, wanted }: PreparedExport,
  takenOff: string,
): Promise<void> {
  const people = await dropAdditions(engine, changeSet, takenOff);
  if (people === 0) return;
  const message = `${counted(people, "person was", "people were")} taken off by others since the plan was made: held back.`;
  emit({ type: "warning", export: wanted.name, message });
}
