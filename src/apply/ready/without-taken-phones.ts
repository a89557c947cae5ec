import { numberedChangesSql, countRowsOf } from "../../reconcile/change-set/change-set.js";
import { actionInSql, DELIVERED } from "../../reconcile/action.js";
import { takenPhonesSql } from "../../reconcile/change-set/taken-phones.js";
import { counted } from "../../model/words/counted.js";
import type { PreparedAccount, PreparedExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";
import type { FollowedOptOuts } from "./follow-opt-outs.js";

/**
 * Builds what is sent once more, as a plan of today would, without numbers that
 * other contacts have by now: a plan may be days old, and a person may have been
 * asked. Where no numbers are sent, nothing is read.
 */
export async function leaveOutTakenPhones(
  run: Run,
  prepared: PreparedExport,
  { sharedPhones }: PreparedAccount,
  optOuts: FollowedOptOuts,
): Promise<PreparedExport> {
  const { engine, emit } = run;
  const number = prepared.codec.recognisedBy;
  const delivers = countRowsOf(prepared.changeSet, DELIVERED) > 0;
  if (number === undefined || sharedPhones === undefined || !delivers) return prepared;
  const { phones } = await optOuts.now();
  if (phones === undefined) return prepared;
  const rows = `${numberedChangesSql(prepared.changeSet)} WHERE ${actionInSql(DELIVERED)}`;
  const taken = takenPhonesSql(rows, number, phones);
  const people = await engine.count(`SELECT count(*) FROM (${taken})`);
  if (people === 0) return prepared;
  await engine.run(`INSERT INTO ${sharedPhones} SELECT DISTINCT phone FROM (${taken})`);
  emit({
    type: "warning",
    export: prepared.wanted.name,
    message: `${counted(people, "number belongs to another contact", "numbers belong to other contacts")} since the plan was made: left out of what is sent.`,
  });
  return { ...prepared, changeSet: await prepared.rebuilt(prepared) };
}
