import { wasOnListSql } from "../../reconcile/people/hand-removals.js";
import { literal } from "../../plugin/relation.js";
import type { PreparedExport } from "../../planner/prepared.js";
import type { Session } from "../../run/run.js";

/**
 * Table `export`, `key` of those to be removed of whom the record says that
 * they are on the list. Whoever is not was taken off by somebody else, which is
 * remembered: of nobody who was forgotten, not where a whole list is left, and
 * not where two of these exports take a person off one list.
 */
export async function createWereOnList(
  { engine, clock, forgotten }: Session,
  exports: readonly PreparedExport[],
  claims: string,
  prefix: string,
): Promise<string> {
  const table = `${prefix}_were_on_list`;
  const removals = exports.map(
    ({ wanted, leaving, list, payloads, open }) =>
      `SELECT p.key, ${literal(list?.id ?? "")} AS list_id, ${literal(wanted.name)} AS export,
         ${leaving ? "false" : `coalesce(${wasOnListSql("c", clock, open.plugin.capabilities.lagSeconds)}, false)`} AS was_on_list
       FROM read_parquet(${literal(payloads)}) AS p
       LEFT JOIN ${claims} AS c ON c.key = p.key AND c.export = ${literal(wanted.name)} WHERE p.action = 'remove'`,
  );
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT any_value(export) AS export, key FROM (${removals.join(" UNION ALL ")})
     GROUP BY key, list_id HAVING count(*) = 1 AND bool_and(was_on_list)`,
  );
  if (forgotten !== undefined)
    await engine.run(`DELETE FROM ${table} WHERE key IN (${forgotten(`SELECT key FROM ${table}`)})`);
  return table;
}
