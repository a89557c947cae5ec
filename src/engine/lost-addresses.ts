import type { ExportProgram } from "../model/program.js";
import type { DesiredTables } from "./desired.js";
import type { Engine } from "./engine.js";

/**
 * How many of those who would leave have a row still, only without an address
 * that can be used: known by their id, else by having the same values. Of an
 * export that has neither it cannot be told, and is none.
 */
export async function countLostAddresses(
  engine: Engine,
  { profiles }: Pick<DesiredTables, "profiles">,
  changes: string,
  { person, attributes }: Pick<ExportProgram, "person" | "attributes">,
): Promise<number> {
  if (person === undefined && attributes.length === 0) return 0;
  const [before, now] =
    person === undefined ? ["old_input_hash", "input_hash"] : ["old_person", "person_hash"];
  return engine.count(
    `SELECT coalesce(sum(least(gone.n, bare.n)), 0) FROM
       (SELECT ${before} AS who, count(*) AS n FROM ${changes}
        WHERE action IN ('remove', 'release') AND profile IS NULL AND NOT withdrawn AND ${before} IS NOT NULL GROUP BY 1) AS gone
       JOIN (SELECT ${now} AS who, count(*) AS n FROM ${profiles} WHERE NOT ok GROUP BY 1) AS bare USING (who)`,
  );
}
