import { counted } from "../../model/counted.js";
import { literal } from "../../plugin/relation.js";
import { wantedByOthersSql } from "../../planner/evaluate.js";
import type { EvaluatedExport } from "../../planner/prepared.js";
import type { Session } from "../../run/run.js";

/**
 * The rows of a plan that a run which was cut off has left. What that run did is
 * left out, and so is everybody of whom the record says something else by now:
 * other runs, `drift --record` and `adopt` may have come in between. `rows`: a
 * SELECT of planned payloads; `exports`: those of the account that the plan is
 * still good for.
 */
export async function leftToDoSql(
  { engine, emit }: Session,
  own: EvaluatedExport,
  rows: string,
  { exports, claims }: { readonly exports: readonly EvaluatedExport[]; readonly claims: string },
): Promise<string> {
  const others =
    own.list === undefined
      ? "SELECT NULL::VARCHAR AS key WHERE false"
      : wantedByOthersSql(own, own.list.id, exports, claims);
  const judged = `SELECT p.*, ${fateSql(others)} AS fate FROM (${rows}) AS p
    LEFT JOIN (SELECT * FROM ${claims} WHERE export = ${literal(own.wanted.name)}) AS c ON c.key = p.key`;
  const overtaken = await engine.count(
    `SELECT count(*) FROM (${judged}) WHERE fate = 'overtaken' AND action IN ('add', 'update', 'remove')`,
  );
  if (overtaken > 0)
    emit({
      type: "warning",
      export: own.wanted.name,
      message: `What is recorded of ${counted(overtaken, "person", "people")} has changed since the plan was made: left as it is.`,
    });
  return `SELECT * EXCLUDE (fate) FROM (${judged}) WHERE fate = 'open'`;
}

/** What became of a planned row `p`, of which the record now says `c`. */
function fateSql(others: string): string {
  const withdrawn = "coalesce(p.withdrawn, false)";
  return `CASE
    WHEN p.action = 'remove' AND NOT ${withdrawn} AND p.key IN (${others}) THEN 'overtaken'
    WHEN p.action = 'release' AND p.key NOT IN (${others}) THEN 'overtaken'
    WHEN c.status IN ('unknown', 'rejected') THEN 'open'
    WHEN p.action IN ('add', 'update') AND c.status = 'member' AND c.delivered_hash = p.delivered_hash
      AND c.reason IS DISTINCT FROM 'drift' THEN 'done'
    WHEN c.key IS NULL AND p.status IS NOT NULL THEN 'done'
    WHEN ${withdrawn} THEN 'open'
    WHEN c.status IS NOT DISTINCT FROM p.status AND c.delivered_hash IS NOT DISTINCT FROM p.old_delivered_hash
      AND (c.key IS NULL OR p.origin = 'adopted' OR c.origin IS NOT DISTINCT FROM p.origin) THEN 'open'
    ELSE 'overtaken' END`;
}
