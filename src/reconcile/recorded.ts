import type { Engine } from "../engine/engine.js";
import { literal } from "../plugin/relation.js";
import type { DesiredTables } from "./desired/desired.js";
import { actionInSql, NO_NEWS } from "./action.js";
import { ON_LIST, STANDING, statusInSql, SURELY_ON_LIST } from "./claim-status.js";

/** `claims` in what follows: the ledger of an account, as a table or in brackets. */

/** Whom a run has put on a list. */
export interface DeliveredPerson {
  readonly exportName: string;
  readonly listId: string;
  readonly key: string;
  /** SQL: whose the address is; see `personHashSql`. */
  readonly person: string;
  /** Hexadecimal. */
  readonly inputHash: string;
  readonly deliveredHash: string;
  readonly at: Date;
}

/** SELECT of the claim of somebody whom we added, in the columns of the ledger. */
export function memberSql({ exportName, listId, key, person, ...delivered }: DeliveredPerson): string {
  const at = `CAST(${literal(delivered.at.toISOString())} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
  return `SELECT ${literal(exportName)} AS export, ${literal(listId)} AS list_id, ${literal(key)} AS key, ${person} AS person,
    unhex('${delivered.inputHash}') AS input_hash, unhex('${delivered.deliveredHash}') AS delivered_hash,
    NULL AS attempted_hash, NULL AS fields, NULL AS contact_id, 'added' AS origin, 'member' AS status, NULL AS reason,
    ${at} AS first_at, ${at} AS changed_at`;
}

/** How many people an export is recorded to have on its list. */
export function countRecorded(engine: Engine, claims: string, exportName: string): Promise<number> {
  return engine.count(`SELECT count(*) FROM ${ofExport(claims, exportName)} AND ${statusInSql(STANDING)}`);
}

/** How many stay on the list who had left the segments before; `changes`: see `classifySql`. */
export function countLeftBefore(
  engine: Engine,
  claims: string,
  exportName: string,
  changes: string,
): Promise<number> {
  return engine.count(
    `SELECT count(*) FROM ${claims} AS c ANTI JOIN ${changes} AS x ON x.key = c.key AND NOT ${actionInSql(NO_NEWS, "x")}
     WHERE c.export = ${literal(exportName)} AND ${statusInSql(["left"], "c")}`,
  );
}

/** Ids of the lists on which an export has anybody recorded. */
export async function findLists(engine: Engine, claims: string, exportName: string): Promise<string[]> {
  const rows = await engine.rows<{ list: string }>(
    `SELECT DISTINCT list_id AS list FROM ${ofExport(claims, exportName)} ORDER BY 1`,
  );
  return rows.map(({ list }) => list);
}

/** SELECT `key`, `origin`, `first_at` of those of whom nobody knows how the last request ended. */
export function unknownSql(claims: string, exportName: string): string {
  return `SELECT key, origin, first_at FROM ${ofExport(claims, exportName)} AND ${statusInSql(["unknown"])}`;
}

/** SELECT `key` of those who hold what they were sent last. */
export function membersSql(claims: string, exportName: string): string {
  return `SELECT key FROM ${ofExport(claims, exportName)} AND ${statusInSql(["member"])}`;
}

/** SELECT `key` of those who should be among `observed` and are not. */
export function notObservedSql(claims: string, exportName: string, observed: string): string {
  return `SELECT c.key FROM ${claims} AS c ANTI JOIN ${observed} AS o ON o.key = c.key
    WHERE c.export = ${literal(exportName)} AND ${statusInSql(SURELY_ON_LIST, "c")}`;
}

/** SELECT `key` of everybody who is, or may be, on some list. */
export function recordedAddressesSql(claims: string): string {
  return `SELECT key FROM ${claims} WHERE ${statusInSql(ON_LIST)}`;
}

/** SELECT `key`, `reason`, `changed_at` of those whom the destination did not take. */
export function rejectedSql(claims: string, exportName: string): string {
  return `SELECT key, coalesce(reason, 'no reason was given') AS reason, changed_at
    FROM ${ofExport(claims, exportName)} AND ${statusInSql(["rejected"])}`;
}

/**
 * SELECT `key` of the members recorded of an export whose profiles say nothing of
 * consent by now that can be read, although they had consented. An explicit no is one.
 */
export function silentMembersSql(
  { profiles }: Pick<DesiredTables, "profiles">,
  claims: string,
  exportName: string,
): string {
  return `SELECT key FROM (
       SELECT key FROM ${profiles} WHERE ok GROUP BY key
       HAVING bool_or(answer IN ('missing', 'other')) AND NOT bool_or(answer = 'no')
     ) SEMI JOIN (SELECT key FROM ${ofExport(claims, exportName)} AND ${statusInSql(STANDING)}) AS c USING (key)`;
}

function ofExport(claims: string, exportName: string): string {
  return `${claims} WHERE export = ${literal(exportName)}`;
}
