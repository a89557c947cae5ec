import { deliverableSql } from "../../engine/desired.js";
import { Failure } from "../../model/failure.js";
import { tooRecentSql } from "../../engine/lag.js";
import { counted } from "../../model/counted.js";
import { literal } from "../../plugin/relation.js";
import { recordedClaims } from "./load-data.js";
import type { CompiledExport, EvaluatedExport } from "./prepared.js";
import type { Session } from "./session.js";

/**
 * Refuses to move an export to another list while somebody is desired whom a
 * person took off the old one: nothing on the new list would keep them off.
 * What nobody has recorded yet is read off the old list.
 */
export async function mustNotBringBack(
  session: Session,
  compiled: CompiledExport,
  tables: EvaluatedExport["tables"],
): Promise<void> {
  const { wanted, open, renamedFrom, relocation } = compiled;
  if (relocation === undefined || wanted.drift.removed === "restore") return;
  const { listId } = relocation.from;
  const readAt = new Date();
  const coming = `(${await recordedClaims(session, open.accountKey)}) AS c SEMI JOIN (${deliverableSql(tables)}) AS d ON d.key = c.key
     WHERE c.export = ${literal(renamedFrom ?? wanted.name)} AND c.list_id = ${literal(listId)}`;
  const settled = `c.status = 'member' AND NOT ${tooRecentSql("c", readAt, open.plugin.capabilities.lagSeconds)}`;
  const delivered = await session.engine.count(`SELECT count(*) FROM ${coming} AND ${settled}`);
  const members = delivered === 0 ? undefined : await membersOf(session, compiled, listId);
  const takenOff =
    members === undefined ? "" : ` OR (${settled} AND c.key NOT IN (SELECT key FROM ${members}))`;
  const people = await session.engine.count(
    `SELECT count(DISTINCT c.key) FROM ${coming} AND (c.status = 'gone'${takenOff})`,
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

/** Table of who is on the old list; undefined when the list itself is gone, which says nothing about anybody. */
async function membersOf(
  { engine, signal }: Session,
  { open, prefix }: CompiledExport,
  listId: string,
): Promise<string | undefined> {
  try {
    const { sql } = await open.destination.members(listId, { attributes: false }, signal);
    const table = `${prefix}_on_old_list`;
    await engine.keep(
      table,
      `SELECT address_key(email) AS key FROM (${sql}) WHERE on_list AND email IS NOT NULL`,
    );
    return table;
  } catch (error) {
    if (error instanceof Failure && error.kind === "not-found") return undefined;
    throw error;
  }
}
