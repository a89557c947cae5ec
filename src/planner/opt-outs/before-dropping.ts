import type { KnownOptOuts } from "../../reconcile/people/earlier-addresses.js";
import { noteHandRemovals, wasOnListSql } from "../../reconcile/people/hand-removals.js";
import { Failure } from "../../model/failure.js";
import type { FoundContacts } from "../../plugin/destination.js";
import { literal } from "../../plugin/relation.js";
import type { ClaimsMove } from "../../state/people/claims-mapping.js";
import type { OpenConnection } from "../../run/accounts.js";
import { readRecordedClaims } from "../rows/load-data.js";
import { lookUpOrRead } from "./look-up-few.js";
import type { Run } from "../../run/run.js";

/**
 * Looks who is still on their list of those whose record is about to be dropped
 * while they stay: afterwards nobody could tell any more that others took
 * somebody off.
 */
export async function noteWhoLeftBeforeDropping(
  run: Run,
  open: OpenConnection,
  optOuts: KnownOptOuts,
  moves: readonly ClaimsMove[],
): Promise<void> {
  const { engine } = run;
  const dropped = moves.filter(({ becomes, listId }) => becomes === undefined && listId === undefined);
  if (dropped.length === 0) return;
  const readAt = new Date();
  const names = dropped.map((move) => literal(move.export)).join(", ");
  const there = `SELECT DISTINCT key, list_id FROM (${await readRecordedClaims(run, open.accountKey)}) AS c
    WHERE export IN (${names}) AND ${wasOnListSql("c", readAt, open.plugin.capabilities.lagSeconds)}`;
  const lists = await engine.rows<{ list: string }>(
    `SELECT DISTINCT list_id AS list FROM (${there}) ORDER BY list`,
  );
  for (const { list } of lists) {
    const ours = `SELECT key, list_id FROM (${there}) WHERE list_id = ${literal(list)}`;
    const found = await lookFor(run, open, list, `SELECT key FROM (${ours})`, optOuts);
    if (found === undefined) continue;
    const seen = `SELECT address_key(email) FROM (${found.sql}) WHERE on_list AND email IS NOT NULL`;
    await noteHandRemovals(
      engine,
      optOuts.handRemovals,
      `SELECT * FROM (${ours}) WHERE key NOT IN (${seen})`,
      readAt,
    );
  }
}

/** Undefined when the list itself is gone, which says nothing about anybody. */
async function lookFor(
  run: Run,
  open: OpenConnection,
  list: string,
  people: string,
  optOuts: KnownOptOuts,
): Promise<FoundContacts | undefined> {
  try {
    return await lookUpOrRead(run, { open }, list, people, optOuts);
  } catch (error) {
    if (error instanceof Failure && error.kind === "not-found") return undefined;
    throw error;
  }
}
