import type { Engine } from "../../engine/engine.js";
import { literal } from "../../plugin/relation.js";
import { actionInSql, DELIVERED, SENT } from "../action.js";
import { statusInSql, UNDELIVERED } from "../claim-status.js";

/** What an earlier run of a plan has left of a change set. */
export interface LeftToDo {
  /** SELECT of the rows. */
  readonly sql: string;
  /** People of whom something else is recorded by now, who would have been sent. */
  readonly overtaken: number;
}

/**
 * The rows of a plan that a run which was cut off has left. What that run did is
 * left out, and so is everybody of whom the record says something else by now.
 * `rows`: a SELECT of the planned rows; `others`: a SELECT of `key` of those whom
 * other exports keep on the list.
 */
export async function findLeftToDo(
  engine: Engine,
  rows: string,
  {
    exportName,
    claims,
    others,
  }: { readonly exportName: string; readonly claims: string; readonly others: string },
): Promise<LeftToDo> {
  const judged = `SELECT p.*, ${fateSql(others)} AS fate FROM (${rows}) AS p
    LEFT JOIN (SELECT * FROM ${claims} WHERE export = ${literal(exportName)}) AS c ON c.key = p.key`;
  return {
    sql: `SELECT * EXCLUDE (fate) FROM (${judged}) WHERE fate = 'open'`,
    overtaken: await engine.count(
      `SELECT count(*) FROM (${judged}) WHERE fate = 'overtaken' AND ${actionInSql(SENT)}`,
    ),
  };
}

/** What became of a planned row `p`, of which the record now says `c`. */
function fateSql(others: string): string {
  const withdrawn = "coalesce(p.withdrawn, false)";
  return `CASE
    WHEN ${actionInSql(["remove"], "p")} AND NOT ${withdrawn} AND p.key IN (${others}) THEN 'overtaken'
    WHEN ${actionInSql(["release"], "p")} AND p.key NOT IN (${others}) THEN 'overtaken'
    WHEN ${statusInSql(UNDELIVERED, "c")} THEN 'open'
    WHEN ${actionInSql(DELIVERED, "p")} AND ${statusInSql(["member"], "c")} AND c.delivered_hash = p.delivered_hash
      AND c.reason IS DISTINCT FROM 'drift' THEN 'done'
    WHEN c.key IS NULL AND p.status IS NOT NULL THEN 'done'
    WHEN ${withdrawn} THEN 'open'
    WHEN c.status IS NOT DISTINCT FROM p.status AND c.delivered_hash IS NOT DISTINCT FROM p.old_delivered_hash
      AND (c.key IS NULL OR p.origin = 'adopted' OR c.origin IS NOT DISTINCT FROM p.origin) THEN 'open'
    ELSE 'overtaken' END`;
}
