import { counted } from "../../model/words/counted.js";
import { findLeftToDo } from "../../reconcile/change-set/left-to-do.js";
import { wantedByOthersSql } from "../../reconcile/shared-lists.js";
import { comparedExportOf } from "../../planner/rows/evaluate.js";
import type { EvaluatedExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";

/**
 * The rows of a plan that a run which was cut off has left. What that run did is
 * left out, and so is everybody of whom the record says something else by now:
 * other runs, `drift --record` and `adopt` may have come in between. `rows`: a
 * SELECT of planned rows; `exports`: those of the account that the plan is
 * still good for.
 */
export async function leftToDoSql(
  { engine, emit }: Run,
  own: EvaluatedExport,
  rows: string,
  { exports, claims }: { readonly exports: readonly EvaluatedExport[]; readonly claims: string },
): Promise<string> {
  const { wanted, list } = own;
  const others =
    list === undefined
      ? "SELECT NULL::VARCHAR AS key WHERE false"
      : wantedByOthersSql(wanted, list.id, exports.map(comparedExportOf), claims);
  const { sql, overtaken } = await findLeftToDo(engine, rows, { exportName: wanted.name, claims, others });
  if (overtaken > 0)
    emit({
      type: "warning",
      export: wanted.name,
      message: `What is recorded of ${counted(overtaken, "person", "people")} has changed since the plan was made: left as it is.`,
    });
  return sql;
}
