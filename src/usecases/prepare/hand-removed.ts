import { deliverableSql } from "../../engine/desired.js";
import { Failure } from "../../model/failure.js";
import { counted } from "../../model/counted.js";
import { literal } from "../../plugin/relation.js";
import { recordedClaims } from "./load-data.js";
import type { CompiledExport, EvaluatedExport } from "./prepared.js";
import type { Session } from "./session.js";

/**
 * Refuses to move an export to another list while somebody is desired whom a
 * person took off the old one: nothing on the new list would keep them off.
 */
export async function mustNotBringBack(
  session: Session,
  { wanted, open, renamedFrom, relocation }: CompiledExport,
  tables: EvaluatedExport["tables"],
): Promise<void> {
  if (relocation === undefined || wanted.drift.removed === "restore") return;
  const { listId } = relocation.from;
  const people = await session.engine.count(
    `SELECT count(*) FROM (${await recordedClaims(session, open.accountKey)}) AS c SEMI JOIN (${deliverableSql(tables)}) AS d ON d.key = c.key
     WHERE c.export = ${literal(renamedFrom ?? wanted.name)} AND c.list_id = ${literal(listId)} AND c.status = 'gone'`,
  );
  if (people === 0) return;
  throw new Failure(
    "refused",
    `Export "${wanted.name}" cannot move: others took ${counted(people, "person", "people")} off list ${listId}, who would come back on the new one.`,
    {
      hint: "Name them in a suppression, or take them out of the segments. If they are to come back, write `drift: {removed: restore}`.",
    },
  );
}
