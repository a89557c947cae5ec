import { isStale } from "../../model/believed-time.js";
import { counted } from "../../model/counted.js";
import { literal } from "../../plugin/relation.js";
import { mustNotBringBack } from "../../planner/opt-outs/hand-removed.js";
import { withoutThoseWhoLeft } from "../../planner/payloads.js";
import type { PreparedAccount, PreparedExport } from "../../planner/prepared.js";
import { rewritePayloads } from "../../planner/rewrite-payloads.js";
import type { Session } from "../../run/run.js";
import { noteWhoLeftBeforeAdding, takenOffOf } from "../../planner/opt-outs/taken-off.js";

/**
 * Whether there was time to take people off a list since it was looked at: a
 * person was asked, or other accounts took that long.
 */
export function isToLookAgain({ preparedAt, optOutsFreshMs }: PreparedAccount, asked: boolean): boolean {
  return asked || isStale(preparedAt.getTime(), Date.now(), optOutsFreshMs);
}

/** Looks once more who is on the list still, as the plan did, and leaves out whom others took off meanwhile. */
export async function withoutTakenOffSince(
  session: Session,
  prepared: PreparedExport,
  account: PreparedAccount,
): Promise<PreparedExport> {
  const { tables, leaving } = prepared;
  if (leaving || session.removalsOnly) return prepared;
  await mustNotBringBack(session, prepared, tables, account.optOuts);
  await noteWhoLeftBeforeAdding(session, prepared, tables, account);
  const takenOff = await takenOffOf(session, prepared, tables, account);
  if (takenOff !== undefined) await dropAdds(session, prepared, takenOff);
  // What a first run read of the list is of before.
  const now = { ...prepared, takenOff, observed: undefined };
  const { path, actions } = await withoutThoseWhoLeft(session, now, account.claims, prepared.payloads);
  return { ...prepared, takenOff, payloads: path, actions };
}

async function dropAdds(
  { engine, emit }: Session,
  { payloads, wanted }: PreparedExport,
  takenOff: string,
): Promise<void> {
  const rows = `FROM read_parquet(${literal(payloads)})`;
  const dropped = `action = 'add' AND key IN (SELECT key FROM ${takenOff})`;
  const people = await engine.count(`SELECT count(*) ${rows} WHERE ${dropped}`);
  if (people === 0) return;
  await rewritePayloads(engine, payloads, `SELECT * ${rows} WHERE NOT (${dropped})`);
  const message = `${counted(people, "person was", "people were")} taken off by others since the plan was made: held back.`;
  emit({ type: "warning", export: wanted.name, message });
}
