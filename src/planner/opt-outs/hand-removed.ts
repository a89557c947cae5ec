import { noteHandRemovals } from "../../reconcile/people/hand-removals.js";
import { countDesiredAmong, missingFromSql, onOldListSql } from "../../reconcile/people/old-list.js";
import type { KnownOptOuts } from "../../reconcile/people/earlier-addresses.js";
import { Failure } from "../../model/failure.js";
import { counted } from "../../model/words/counted.js";
import { readRecordedClaims } from "../rows/load-data.js";
import type { CompiledExport, EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/**
 * Refuses to move an export to another list while somebody is desired whom a
 * person took off the old one: whoever empties a list by hand before a move
 * does not mean those who are to go along. What nobody has recorded yet is read
 * off the old list, of everybody, because the record of them goes.
 */
export async function mustNotBringBack(
  run: Run,
  compiled: CompiledExport,
  tables: EvaluatedExport["tables"],
  { handRemovals }: KnownOptOuts,
): Promise<void> {
  const { wanted, open, renamedFrom, relocation } = compiled;
  if (relocation === undefined || wanted.drift.removed === "restore") return;
  const { listId } = relocation.from;
  const readAt = new Date();
  const { lagSeconds } = open.plugin.capabilities;
  const recorded = await readRecordedClaims(run, open.accountKey);
  const old = { exportName: renamedFrom ?? wanted.name, listId, readAt, lagSeconds };
  const { there, takenOff } = onOldListSql(recorded, old);
  const delivered = await run.engine.count(`SELECT count(*) FROM (${there})`);
  const members = delivered === 0 ? undefined : await membersOf(run, compiled, listId);
  const missing = members && missingFromSql(there, members);
  if (missing !== undefined) await noteHandRemovals(run.engine, handRemovals, missing, readAt);
  const off = missing === undefined ? takenOff : `${takenOff} UNION ${missing}`;
  const people = await countDesiredAmong(run.engine, tables, off);
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
  { engine, signal }: Run,
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
