import type { DeclaredColumn, Source } from "../../model/config/source.js";
import { fittingInWords } from "../../model/words/declaration-text.js";
import { Failure } from "../../model/failure.js";
import { identifier, literal } from "../../plugin/relation.js";
import { candidateSql, candidatesOf, findTypes, isPrintedAsWritten, type TextTypes } from "./text-types.js";
import { findFittingDeclarations } from "./fitting-declaration.js";
import type { OuterDatabase } from "../outer-database.js";
import { explainLackingColumn } from "../user-sql/names.js";
import { ownValue } from "../../model/own-value.js";
import { FILE_OF_ROW } from "../../plugin/source.js";
import { rowInWords } from "../../model/words/place.js";
import { findFirstRow } from "./first-row.js";
import type { SourceRows, TypedColumn } from "./typed-source.js";
import { dateSql, numberSql, timestampSql } from "../values/value-grammar.js";

const DECLARED = {
  text: "VARCHAR",
  number: "DOUBLE",
  date: "DATE",
  timestamp: "TIMESTAMP",
  boolean: "BOOLEAN",
} as const;

/** The engine's type of a column that `columns` declares. */
export function declaredType(declared: Source["columns"], name: string): string | undefined {
  const column = ownValue(declared, name);
  return column && DECLARED[column.type];
}

/** Every column of a snapshot in its type: declared, found, or as it is. */
export async function findTypedColumns(
  outer: OuterDatabase,
  rows: SourceRows,
  { name: source, columns: declared }: Source,
  text: TextTypes,
): Promise<TypedColumn[]> {
  const { snapshot } = rows;
  const described = await outer.rows<{ column_name: string; column_type: string }>(
    `SELECT * FROM (DESCRIBE SELECT * FROM read_parquet(${literal(snapshot)})) WHERE column_name <> ${literal(FILE_OF_ROW)}`,
  );
  const names = described.map((column) => column.column_name);
  const unknown = Object.keys(declared).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const { message, hint } = explainLackingColumn(source, unknown, outer.told(names, source));
    throw new Failure("invalid", message, { hint });
  }
  await refuseMisfits(
    outer,
    rows,
    { name: source, columns: declared },
    new Map(described.map((column) => [column.column_name, column.column_type])),
  );
  const texts = described
    .filter(
      ({ column_name, column_type }) => column_type === "VARCHAR" && declared[column_name] === undefined,
    )
    .map(({ column_name }) => column_name);
  const found = await findTypes(outer, snapshot, candidatesOf(texts, text));
  return described.map(({ column_name: name, column_type: stored }) => {
    const column = storedSql(name, stored);
    const own = ownValue(declared, name);
    const candidate = found.get(name);
    if (own !== undefined) {
      const text = own.type === "text" ? undefined : writtenSql(name, stored, own);
      const read = { name, sql: readSql(name, stored, own), type: DECLARED[own.type], written: text };
      return own.format === undefined && own.decimal !== "," ? read : { ...read, inDeclaredForm: true };
    }
    if (candidate === undefined) return { name, sql: column, type: undefined, written: undefined };
    const written = isPrintedAsWritten(candidate) ? undefined : column;
    return { name, sql: candidateSql(candidate, column), type: candidate.type, written };
  });
}

/** A value that is not what its column was declared as must not pass for an empty one, which may clear what is stored. */
async function refuseMisfits(
  outer: OuterDatabase,
  rows: SourceRows,
  { name: source, columns: declared }: Pick<Source, "name" | "columns">,
  stored: ReadonlyMap<string, string>,
): Promise<void> {
  const columns = Object.entries(declared)
    .filter(([, { type }]) => type !== "text")
    .map(([name, own]) => ({ name, own, isNone: misfitSql(name, stored.get(name) ?? "", own) }));
  if (columns.length === 0) return;
  const counts = columns.map(({ isNone }, index) => `count(*) FILTER (${isNone}) AS n${index}`);
  const misfits = await outer.row<Record<string, number>>(
    `SELECT ${counts.join(", ")} FROM read_parquet(${literal(rows.snapshot)})`,
  );
  for (const [index, { name, own, isNone }] of columns.entries()) {
    const count = misfits[`n${index}`] ?? 0;
    if (count === 0) continue;
    const first = outer.tellsHeaders
      ? await findFirstRow(outer, rows, { condition: isNone, columns: [name] })
      : undefined;
    const row = first && rowInWords(first);
    const place = row === undefined ? "" : ` (first in ${row})`;
    const fitting = await fittingOf(outer, rows, name, stored.get(name) ?? "", own);
    throw new Failure(
      "invalid",
      `${count} ${count === 1 ? "value" : "values"} of column "${name}" ${count === 1 ? "is" : "are"} not a ${inWords(own)}, which \`columns\` declares${place}.`,
      {
        hint:
          fitting.length === 0
            ? "Correct the data, or declare the column as text and convert it in the attribute."
            : fittingInWords({ source, column: name, declarations: fitting }),
      },
    );
  }
}

/** What else such a column could be declared as. A config that nobody has reviewed is not told how values are written. */
async function fittingOf(
  outer: OuterDatabase,
  { snapshot }: SourceRows,
  name: string,
  stored: string,
  declared: DeclaredColumn,
): Promise<DeclaredColumn[]> {
  const sql = writtenSql(name, stored, declared);
  if (!outer.tellsHeaders || sql === undefined || declared.type === "boolean") return [];
  return findFittingDeclarations(outer, { snapshot, sql }, declared.type === "number" ? "numbers" : "dates");
}

function misfitSql(name: string, stored: string, declared: DeclaredColumn): string {
  const column = identifier(name);
  return `${column} IS NOT NULL AND CAST(${column} AS VARCHAR) <> '' AND ${readSql(name, stored, declared)} IS NULL`;
}

function inWords({ type, format, decimal }: DeclaredColumn): string {
  if (format !== undefined) return `${type} of the form \`${format}\``;
  return decimal === "," ? "number with a decimal comma" : type;
}

/** SQL: a column as it is declared; NULL where it does not fit. The engine's own casts of text guess. */
function readSql(name: string, stored: string, declared: DeclaredColumn): string {
  const { type } = declared;
  const written = writtenSql(name, stored, declared);
  if (written !== undefined) return readTextSql(written, declared);
  const column = storedSql(name, stored);
  // To the engine, every number but 0 is true, be it a code or a count.
  if (type === "boolean" && NUMBER_TYPE.test(stored))
    return `CASE WHEN ${column} = 1 THEN true WHEN ${column} = 0 THEN false END`;
  return `TRY_CAST(${column} AS ${DECLARED[type]})`;
}

function readTextSql(text: string, { type, format, decimal }: DeclaredColumn): string {
  switch (type) {
    case "text":
      return text;
    case "number":
      return numberSql(`trim(${text})`, decimal);
    case "date":
      return dateSql(`trim(${text})`, format);
    case "timestamp":
      return timestampSql(`trim(${text})`, format);
    case "boolean":
      return `truth_of(trim(${text}))`;
  }
}

/** SQL of what is read, where it is text, or digits that a format says are a day, such as 20251130. */
function writtenSql(name: string, stored: string, { format }: DeclaredColumn): string | undefined {
  if (isText(stored)) return storedSql(name, stored);
  return format !== undefined && NUMBER_TYPE.test(stored)
    ? `CAST(${identifier(name)} AS VARCHAR)`
    : undefined;
}

const NUMBER_TYPE = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL)/;

function isText(stored: string): boolean {
  return stored === "VARCHAR" || stored === "JSON";
}

/** SQL: a column as it is stored. Values of several kinds come as JSON, in which a text has quotes. */
function storedSql(name: string, stored: string): string {
  return stored === "JSON" ? `(${identifier(name)} ->> '$')` : identifier(name);
}
