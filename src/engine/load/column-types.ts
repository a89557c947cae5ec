import type { DeclaredColumn, Source } from "../../model/config/source.js";
import { fittingInWords } from "../../model/words/declaration-text.js";
import { Failure } from "../../model/failure.js";
import { identifier, literal } from "../../plugin/relation.js";
import type { Database } from "../database.js";
import { findFittingDeclarations } from "./fitting-declaration.js";
import type { OuterDatabase } from "../outer-database.js";
import { explainLackingColumn } from "../user-sql/names.js";
import { ownValue } from "../../model/own-value.js";
import { FILE_OF_ROW, type SourceRead } from "../../plugin/source.js";
import { rowInWords } from "../../model/words/place.js";
import { findFirstRow } from "./first-row.js";
import type { SourceRows, TypedColumn } from "./typed-source.js";
import { DAY, dateSql, LOCAL_TIME, numberSql, OFFSET, timestampSql } from "../values/value-grammar.js";

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

/**
 * Candidate types for a column of text, narrowest first. A type is taken only
 * when *every* value of the column is written in its one way, so `01234`,
 * `+49…` and `1e5` stay text.
 */
const CANDIDATES: readonly Candidate[] = [
  { type: "BOOLEAN", looks: /^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$/ },
  { type: "BIGINT", looks: /^(?:0|-?[1-9][0-9]{0,17})$/ },
  { type: "DOUBLE", looks: /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/ },
  { type: "DATE", looks: new RegExp(`^${DAY}$`), castable: true },
  { type: "TIMESTAMP", looks: new RegExp(`^${LOCAL_TIME}$`), castable: true },
  {
    type: "TIMESTAMP",
    looks: new RegExp(`^${LOCAL_TIME}${OFFSET}?$`),
    castable: true,
    reader: "timestamp_of",
  },
];

/** Of what is found to be such, every value is printed as it was written. */
const PRINTED_AS_WRITTEN = new Set(["BIGINT", "DATE"]);

interface Candidate {
  readonly type: string;
  /** Read by the engine, too. */
  readonly looks: RegExp;
  /** Whether what looks so may still be none, such as the 30th of February. */
  readonly castable?: true;
  /** A function that reads it, where a cast does not do. */
  readonly reader?: string;
}

/** So many rows rule most types out before the engine looks at every row. */
const SAMPLE = 200;

/** Every column of a snapshot in its type: declared, found, or as it is. */
export async function findTypedColumns(
  outer: OuterDatabase,
  rows: SourceRows,
  { name: source, columns: declared }: Source,
  untyped: SourceRead["untyped"],
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
  const texts = described.filter(
    (column) => column.column_type === "VARCHAR" && declared[column.column_name] === undefined,
  );
  const found =
    untyped === "none"
      ? new Map<string, Candidate>()
      : await findTypes(
          outer,
          snapshot,
          texts.map((column) => column.column_name),
          untyped === "all" ? CANDIDATES : CANDIDATES.filter(({ castable }) => castable),
        );
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
    const written = PRINTED_AS_WRITTEN.has(candidate.type) ? undefined : column;
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

/** The narrowest type that each column holds; a column without one is not named. */
async function findTypes(
  outer: Database,
  snapshot: string,
  names: readonly string[],
  types: readonly Candidate[],
): Promise<Map<string, Candidate>> {
  if (names.length === 0) return new Map();
  const list = names.map((name, index) => `${identifier(name)} AS c${index}`);
  const sample = await outer.rows<Record<string, string | null>>(
    `SELECT ${list.join(", ")} FROM read_parquet(${literal(snapshot)}) LIMIT ${SAMPLE}`,
  );
  const tests = names.flatMap((name, column) =>
    types
      .filter(({ looks }) =>
        sample.every((row) => {
          const value = row[`c${column}`] ?? null;
          return value === null || looks.test(value);
        }),
      )
      .map((candidate, index) => ({ name, candidate, alias: `t${column}_${index}` })),
  );
  if (tests.length === 0) return new Map();
  const holds = await outer.row<Record<string, boolean>>(
    `SELECT ${tests.map(({ name, candidate, alias }) => `${holdsSql(candidate, identifier(name))} AS ${alias}`).join(", ")}
     FROM read_parquet(${literal(snapshot)})`,
  );
  const found = new Map<string, Candidate>();
  for (const { name, candidate, alias } of tests)
    if (holds[alias] === true && !found.has(name)) found.set(name, candidate);
  return found;
}

/** SQL: whether every value of a column is of the type; false where there is none. */
function holdsSql(candidate: Candidate, column: string): string {
  const { looks, castable } = candidate;
  const fits = `regexp_full_match(${column}, ${literal(looks.source)})${castable ? ` AND ${candidateSql(candidate, column)} IS NOT NULL` : ""}`;
  return `coalesce(bool_and(${fits}) FILTER (${column} IS NOT NULL), false)`;
}

function candidateSql({ type, reader }: Candidate, column: string): string {
  return reader === undefined ? `TRY_CAST(${column} AS ${type})` : `${reader}(${column})`;
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
