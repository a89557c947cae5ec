import { changesSql, type ChangeSetFile } from "./change-set.js";
import { actionInSql, DELIVERED } from "../action.js";
import type { BadValues } from "../../model/plan/plan.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { DesiredTables } from "../desired/desired.js";
import { misfitSql, valueSql } from "../desired/desired-sql.js";
import type { Engine } from "../../engine/engine.js";
import { explainMisfit, type Misfit } from "./misfit.js";
import { findPlace, type SoughtValues } from "../written/place.js";

/** Values that do not fit among the rows to be sent, and where the first of each kind stands. */
export async function findMisfits(
  engine: Engine,
  { profiles }: Pick<DesiredTables, "profiles">,
  file: ChangeSetFile,
  program: ExportProgram,
): Promise<BadValues[]> {
  const sent = `(SELECT * FROM ${changesSql(file)} WHERE ${actionInSql(DELIVERED)})`;
  const rows = await engine.rows<{ misfit: number; n: number }>(
    `SELECT misfit, count(*) AS n FROM (SELECT unnest(misfits) AS misfit FROM ${sent}) GROUP BY misfit ORDER BY misfit`,
  );
  const found: BadValues[] = [];
  for (const { misfit, n } of rows) {
    const told = explainMisfit(program, misfit);
    if (told === undefined) continue;
    const keys = `SELECT key FROM ${sent} WHERE list_contains(misfits, ${misfit})`;
    const phones = `SELECT v${told.index} FROM ${profiles} SEMI JOIN (${keys}) AS kept USING (key)`;
    const place = await findPlace(engine, program, { ...seek(told, phones), keys });
    found.push({ attribute: told.mapping.name, reason: told.reason, count: n, ...place });
  }
  return [...found, ...(await findSharedPhones(engine, sent, program))];
}

/** `phones`: SELECT of the numbers that do not fit, because only the whole of number and country tells. */
function seek({ mapping: attribute, doubtful }: Misfit, phones: string): Omit<SoughtValues, "keys"> {
  if (doubtful)
    return {
      sql: attribute.sql,
      isOne: (_value, written) => `may_be_thousands(trim(CAST(${written} AS VARCHAR)))`,
    };
  if (attribute.type === "phone")
    return {
      sql: attribute.sql,
      isOne: (_value, written) => `${valueSql(attribute, written)} IN (${phones})`,
    };
  const isNone = (raw: string): string => `(${misfitSql(attribute, raw)})`;
  return { sql: attribute.sql, isOne: (value, written) => `${isNone(value)} OR ${isNone(written)}` };
}

async function findSharedPhones(engine: Engine, sent: string, program: ExportProgram): Promise<BadValues[]> {
  const sms = program.attributes.find((attribute) => attribute.sms);
  if (sms === undefined) return [];
  const keys = `SELECT key FROM ${sent} WHERE phone_shared`;
  const count = await engine.count(`SELECT count(*) FROM (${keys})`);
  if (count === 0) return [];
  const isOne: SoughtValues["isOne"] = (_value, written) => `${valueSql(sms, written)} IS NOT NULL`;
  const place = await findPlace(engine, program, { sql: sms.sql, isOne, keys });
  return [{ attribute: sms.name, reason: "phone shared: another contact has the number", count, ...place }];
}

const UNSAFE = 2 ** 53;

/** Integers that a JSON number cannot carry exactly, by attribute. */
export async function findUnsafeIntegers(
  engine: Engine,
  profiles: string,
  program: ExportProgram,
): Promise<BadValues[]> {
  const numbers = program.attributes.flatMap((attribute, index) =>
    attribute.type === "number" ? [{ attribute, column: `v${index}` }] : [],
  );
  if (numbers.length === 0) return [];
  const counts = await engine.row<Record<string, number>>(
    `SELECT ${numbers.map(({ column }) => `count(*) FILTER (abs(${column}) >= ${UNSAFE}) AS ${column}`).join(", ")} FROM ${profiles}`,
  );
  const found: BadValues[] = [];
  for (const { attribute, column } of numbers) {
    const count = counts[column] ?? 0;
    if (count === 0) continue;
    const place = await findPlace(engine, program, {
      sql: attribute.sql,
      isOne: (value) => `abs(${valueSql(attribute, value)}) >= ${UNSAFE}`,
      keys: `SELECT key FROM ${profiles} WHERE abs(${column}) >= ${UNSAFE}`,
    });
    const reason = "an integer of 2^53 or more, which JSON cannot carry exactly";
    found.push({ attribute: attribute.name, reason, count, ...place });
  }
  return found;
}
