import { actionInSql, LEAVING } from "./action.js";
import type { ExportProgram } from "../model/plan/program.js";
import type { DesiredTables } from "./desired/desired.js";
import type { Engine } from "../engine/engine.js";
import { personHashesSql } from "./people/person-hash.js";

/**
 * How many of those who would leave have a row still, only without an address
 * that can be used: known by their id, else by having the same values. Of an
 * export that has neither it cannot be known, and is none.
 */
export async function countLostAddresses(
  engine: Engine,
  { profiles }: Pick<DesiredTables, "profiles">,
  changes: string,
  { person, attributes }: Pick<ExportProgram, "person" | "attributes">,
): Promise<number> {
  if (person === undefined && attributes.length === 0) return 0;
  const before = person === undefined ? "old_input_hash" : "old_person";
  const without = `SELECT * REPLACE (NOT ok AS ok) FROM ${profiles} WHERE NOT ok`;
  const bare =
    person === undefined
      ? `SELECT input_hash AS who FROM (${without})`
      : `SELECT person AS who FROM (${personHashesSql({ person }, `(${without})`)})`;
  return engine.count(
    `SELECT coalesce(sum(least(gone.n, bare.n)), 0) FROM
       (SELECT ${before} AS who, count(*) AS n FROM ${changes}
        WHERE ${actionInSql(LEAVING)} AND profile IS NULL AND NOT withdrawn AND ${before} IS NOT NULL GROUP BY 1) AS gone
       JOIN (SELECT who, count(*) AS n FROM (${bare}) GROUP BY 1) AS bare USING (who)`,
  );
}
