import { changesSql, type ChangeSetFile } from "./change-set.js";
import { keptBackSql } from "../kept-back.js";
import { actionInSql, DELIVERED } from "../action.js";
import type { HoldReason } from "../../model/plan/change.js";
import type { Sample } from "../../model/plan/plan.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { DesiredTables } from "../desired/desired.js";
import type { Engine } from "../../engine/engine.js";
import { explainMisfit } from "./misfit.js";

/** What a revealed plan shows of those who are counted and not sent, or not all of whom is. */
export interface KeptBack {
  readonly tables: DesiredTables;
  /** Table of what happens to each row; see `classifySql`. */
  readonly changes: string;
  readonly changeSet: ChangeSetFile;
  readonly program: ExportProgram;
}

/**
 * A few of everybody whom a plan only counts otherwise: addresses that are
 * none, rows that the destination refused or that went on it, and people of whom a value is
 * not sent. Whole addresses: for plans that are revealed.
 */
export async function sampleKeptBack(
  engine: Engine,
  { tables, changes, changeSet, program }: KeptBack,
  each: number,
): Promise<Sample[]> {
  const held = await engine.rows<{ reason: HoldReason; address: string }>(
    `SELECT reason, address FROM (
       SELECT 'invalid' AS reason, coalesce(key, '') AS key, ${whoSql} AS address FROM ${tables.profiles} WHERE NOT ok
       UNION ALL
       SELECT reason, key, key FROM (${keptBackSql(changes)})
     ) QUALIFY row_number() OVER (PARTITION BY reason ORDER BY hash(key), address) <= ${each} ORDER BY reason, hash(key), address`,
  );
  const notSent = await engine.rows<{ misfit: number; address: string }>(
    `SELECT misfit, key AS address FROM (SELECT key, unnest(misfits) AS misfit FROM ${changesSql(changeSet)}
       WHERE ${actionInSql(DELIVERED)})
     QUALIFY row_number() OVER (PARTITION BY misfit ORDER BY hash(key)) <= ${each} ORDER BY misfit, hash(key)`,
  );
  return [
    ...held.map(({ reason, address }): Sample => ({
      operation: "held back",
      cause: undefined,
      reason,
      address,
      fields: [],
    })),
    ...notSent.flatMap(({ misfit, address }): Sample[] => {
      const told = explainMisfit(program, misfit);
      if (told === undefined) return [];
      const { name, sql } = told.mapping;
      const reason = `${name}${columnOf(sql)}: ${told.reason}` as const;
      return [{ operation: "not sent", cause: undefined, reason, address, fields: [name] }];
    }),
  ];
}

/** Where the value comes from, when it is a column as it stands. */
function columnOf(sql: string): string {
  const name = /^"((?:[^"]|"")+)"$/.exec(sql)?.[1];
  return name === undefined ? "" : ` (column ${name.replaceAll('""', '"')})`;
}

/** Whom a row without a usable address is about. */
const whoSql = `CASE WHEN coalesce(key, '') <> '' THEN key
  WHEN person IS NULL THEN '(no address)' ELSE '(no address, id ' || CAST(person AS VARCHAR) || ')' END`;
