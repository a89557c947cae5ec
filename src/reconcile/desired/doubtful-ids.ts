import { counted } from "../../model/words/counted.js";
import { Failure } from "../../model/failure.js";
import { placeInBrackets } from "../../model/words/place.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { literal } from "../../plugin/relation.js";
import type { Engine } from "../../engine/engine.js";
import { findPlace } from "../written/place.js";

export type IdDoubt = "rounded" | "shortened" | "bytes";

/**
 * SQL: why a printed id, of a type of this name, may not be the one that was meant: its type may have `rounded` a number,
 * a program or a spreadsheet `shortened` one (`1.23457E+17`), or it is `bytes` that are not text.
 */
export function doubtfulIdSql(id: string, type: string): string {
  return `CASE WHEN ${type} IN ('DOUBLE', 'FLOAT') THEN CASE WHEN ${id} <> 'nan' AND (contains(${id}, 'e') OR contains(${id}, 'inf')
      OR abs(TRY_CAST(${id} AS DOUBLE)) >= CASE ${type} WHEN 'FLOAT' THEN 16777216 ELSE 9007199254740992 END) THEN 'rounded' END
    WHEN ${type} = 'BLOB' THEN CASE WHEN ${id} IS NOT NULL AND ${textOfBytes(id)} IS NULL THEN 'bytes' END
    WHEN (contains(${id}, '+') OR contains(${id}, '.')) AND regexp_full_match(${id}, '\\s*[-+]?([0-9]+([.,][0-9]+)?[eE][+]|[0-9][.][0-9]+[eE])[0-9]+\\s*')
      THEN 'shortened' END`;
}

/** SQL of an id that was printed, given the name of its type. */
export function idSql(id: string, type: string): string {
  return `CASE WHEN ${type} IN ('DOUBLE', 'FLOAT') AND ${id} = 'nan' THEN NULL
    WHEN ${type} = 'JSON' THEN CASE WHEN starts_with(${id}, '"') THEN ${id} ->> '$' ELSE nullif(${id}, 'null') END
    WHEN ${type} = 'BLOB' THEN ${textOfBytes(id)} ELSE ${id} END`;
}

/** SQL: the text that printed bytes are; NULL where they are none. */
function textOfBytes(printed: string): string {
  return `TRY(decode(CAST(${printed} AS BLOB)))`;
}

const WORDS: Readonly<Record<IdDoubt, Readonly<Record<"one" | "more" | "so" | "hint", string>>>> = {
  rounded: {
    one: "is a number that its type cannot hold exactly",
    more: "are numbers that its type cannot hold exactly",
    so: "two people could become one",
    hint: "Give ids as text or as integers: declare the column as text (`columns: {NAME: text}`), or write the file so.",
  },
  shortened: {
    one: "is a number that was shortened to one with an exponent",
    more: "are numbers that were shortened to ones with an exponent",
    so: "two people could become one",
    hint: "Spreadsheets and R write long numbers so. Write the file again, with ids as text.",
  },
  bytes: {
    one: "is bytes that are not text",
    more: "are bytes that are not text",
    so: "nobody can tell how another file would write them",
    hint: "Say in SQL what they are, such as `id: hex(NAME)`, or write the column as text or as UUID.",
  },
};

/** Throws: how many ids of these profiles are in such a doubt, and where the first of them stands. */
export async function refuseIds(
  engine: Engine,
  program: ExportProgram,
  profiles: string,
  doubt: IdDoubt,
): Promise<never> {
  const { one, more, so, hint } = WORDS[doubt];
  const doubtful = `FROM ${profiles} WHERE ok AND doubt = ${literal(doubt)}`;
  const ids = await engine.count(`SELECT count(*) ${doubtful}`);
  const { column, first } = await findPlace(engine, program, {
    sql: program.person ?? "NULL",
    isOne: (value) => `${doubtfulIdSql(`CAST(${value} AS VARCHAR)`, `typeof(${value})`)} = ${literal(doubt)}`,
    keys: `SELECT key ${doubtful}`,
  });
  const of = column === undefined ? "" : ` of column "${column}"`;
  const what = counted(ids, `id${of} ${one}`, `ids${of} ${more}`);
  throw new Failure("invalid", `match.id: ${what}${placeInBrackets({ first })}, so that ${so}.`, { hint });
}
