import type { Engine } from "../../engine/engine.js";
import { literal } from "../../plugin/relation.js";
import { statusInSql } from "../claim-status.js";
import { deliverableSql, type DesiredTables } from "../desired/desired.js";
import { wasOnListSql } from "./hand-removals.js";
import type { ShownList } from "./taken-off.js";

/**
 * SELECTs `key`, `list_id` of the people of an export on a list that it leaves:
 * who is there as far as we know, and who is recorded to have been taken off it
 * by others. `recorded`: a SELECT of the account's claims as they are stored.
 */
export function onOldListSql(
  recorded: string,
  { exportName, listId, readAt, lagSeconds }: ShownList & { readonly exportName: string },
): { readonly there: string; readonly takenOff: string } {
  const own = `SELECT c.key, c.list_id FROM (${recorded}) AS c
    WHERE c.export = ${literal(exportName)} AND c.list_id = ${literal(listId)}`;
  return {
    there: `${own} AND ${wasOnListSql("c", readAt, lagSeconds)}`,
    takenOff: `${own} AND ${statusInSql(["gone"], "c")}`,
  };
}

/** Those of `there` who are not among the members (a table with `key`) that were read. */
export function missingFromSql(there: string, members: string): string {
  return `${there} AND c.key NOT IN (SELECT key FROM ${members})`;
}

/** How many of some people (a SELECT of `key`) are desired. */
export function countDesiredAmong(engine: Engine, tables: DesiredTables, people: string): Promise<number> {
  return engine.count(
    `SELECT count(DISTINCT c.key) FROM (${people}) AS c SEMI JOIN (${deliverableSql(tables)}) AS d ON d.key = c.key`,
  );
}
