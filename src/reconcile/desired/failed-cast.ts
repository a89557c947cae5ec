import { placeInBrackets, type FirstPlace } from "../../model/words/place.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { maskAddresses } from "../../platform/secrets/mask-addresses.js";
import { identifier, literal } from "../../plugin/relation.js";
import type { Engine } from "../../engine/engine.js";
import { findFirstRow } from "../../engine/load/first-row.js";
import { findPlace } from "../written/place.js";
import { findColumn } from "../written/source-column.js";
import type { SqlNode } from "../../engine/user-sql/sql-node.js";
import { unlessFailed } from "../../model/unless-failed.js";
import { typeName } from "../../engine/user-sql/type-names.js";
import { parseChecked } from "../../engine/user-sql/user-sql.js";

/** Rows that an expression is taken of: a table, with what has to come before a SELECT from it. */
export interface CastRows {
  readonly before: string;
  readonly table: string;
}

/** So many are asked for; SQL that has more is told as a whole. */
const MOST_CASTS = 20;

/**
 * What of SQL that failed while values were converted does not convert, by
 * column and type, where the first such value stands, and what to write
 * instead; no value is told. `rows` is missing where the SQL is a query of its
 * own, whose casts cannot be asked for one by one.
 */
export async function explainFailedCast(
  engine: Engine,
  sql: string,
  rows: CastRows | undefined,
  program?: ExportProgram,
): Promise<{ readonly message: string; readonly hint: string } | undefined> {
  const statement = await parseChecked(engine, sql);
  // Everything converts to text.
  const casts = castsIn(statement).filter(({ columns, type }) => columns.length > 0 && type !== "VARCHAR");
  if (rows === undefined) return explainCastInQuery(engine, casts, program);
  for (const cast of casts.slice(0, MOST_CASTS)) {
    const items = await itemsOf(engine, cast);
    const misfits = items === undefined ? 0 : await misfitsOf(engine, items, rows);
    if (items === undefined || misfits === 0) continue;
    return describeCast(
      cast,
      program && (await findPlaceInRows(engine, program, cast, items, rows)),
      misfits,
    );
  }
  return undefined;
}

/** The only cast there is, or the only one for which a source has a value that it does not convert. */
async function explainCastInQuery(
  engine: Engine,
  casts: readonly Cast[],
  program: ExportProgram | undefined,
): ReturnType<typeof explainFailedCast> {
  const found = new Map<string, { cast: Cast; place: FirstPlace | undefined }>();
  for (const cast of casts.slice(0, MOST_CASTS)) {
    const place = program && (await findPlaceInSources(engine, program, cast));
    if (place !== undefined || casts.length === 1)
      found.set(JSON.stringify([cast.columns, cast.type]), { cast, place });
  }
  const [only, ...more] = found.values();
  return only === undefined || more.length > 0 ? undefined : describeCast(only.cast, only.place);
}

interface Cast {
  readonly node: SqlNode;
  /** Names of the columns whose values it converts. */
  readonly columns: readonly string[];
  readonly type: string;
}

/** Inner ones first: an outer one cannot be asked about while they fail. */
function castsIn(node: unknown): Cast[] {
  if (typeof node !== "object" || node === null) return [];
  const inner = Object.values(node).flatMap(castsIn);
  const record = node as SqlNode;
  if (record["class"] !== "CAST" || record["try_cast"] === true) return inner;
  return [...inner, { node: record, columns: columnsIn(record["child"]), type: typeOf(record["cast_type"]) }];
}

/** As it is written in SQL; of a type that the engine does not bring along there is no name. */
function typeOf(type: unknown): string {
  const { id, type_info: info } = type as { readonly id: string; readonly type_info: SqlNode | null };
  const { width, scale } = info ?? {};
  return typeName(
    id === "DECIMAL" && Number.isInteger(width) ? `DECIMAL(${String(width)},${String(scale)})` : id,
  );
}

function columnsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { column_names: names, ...rest } = node as SqlNode;
  const own = Array.isArray(names) ? [String(names.at(-1))] : [];
  return [...new Set([...own, ...Object.values(rest).flatMap(columnsIn)])];
}

/** SQL of what a cast makes of a value, and of the value, as they are in a SELECT. */
async function itemsOf(engine: Engine, { node }: Cast): Promise<string | undefined> {
  const bare = await parseChecked(engine, "SELECT 1");
  const list = [{ ...node, alias: "", try_cast: true }, node["child"]];
  const asking = { ...bare, node: { ...(bare["node"] as SqlNode), select_list: list } };
  const found = await unlessFailed(() =>
    engine.row<{ sql: string }>(`SELECT json_deserialize_sql(${literal(jsonOf(asking))}) AS sql`),
  );
  return found?.sql.replace(/^SELECT /, "");
}

/** SQL: whether a cast gives nothing for a value, for a cast of one column. */
async function misfitTest(engine: Engine, cast: Cast): Promise<((value: string) => string) | undefined> {
  const items = await itemsOf(engine, { ...cast, node: ofOneName(cast.node) as SqlNode });
  if (items === undefined || cast.columns.length > 1) return undefined;
  return (value) =>
    `list_transform(list_transform([${value}], lambda ${ONE_NAME}: row(${items})), lambda pair: pair[1] IS NULL AND pair[2] IS NOT NULL)[1]`;
}

const ONE_NAME = "one";

/** With the same name, and no table, in place of every column. */
function ofOneName(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(ofOneName);
  if (typeof node !== "object" || node === null) return node;
  const members = Object.entries(node).map(([name, value]) =>
    name === "column_names" ? [name, [ONE_NAME]] : [name, ofOneName(value)],
  );
  return Object.fromEntries(members) as unknown;
}

const MISFITS = "WHERE was IS NOT NULL AND became IS NULL";

/** How many values a cast gives nothing for; 0 where that cannot be asked. */
async function misfitsOf(engine: Engine, items: string, { before, table }: CastRows): Promise<number> {
  const counted = `SELECT count(*) AS n FROM (SELECT ${items} FROM ${identifier(table)} AS profile) AS t(became, was) ${MISFITS}`;
  const found = await unlessFailed(() =>
    engine.outer.underLimits("The SQL", () => engine.outer.count(`${before}${counted}`)),
  );
  return found ?? 0;
}

/** Where the first value stands that a cast of a column over the rows of a segment gives nothing for. */
async function findPlaceInRows(
  engine: Engine,
  program: ExportProgram,
  cast: Cast,
  items: string,
  { before, table }: CastRows,
): Promise<FirstPlace | undefined> {
  const [column] = cast.columns;
  const isOne = await misfitTest(engine, cast);
  if (column === undefined || isOne === undefined) return undefined;
  const { first } = await engine.outer.underLimits("The SQL", () =>
    findPlace(
      engine,
      { ...program, segments: [{ view: table, orderBy: undefined }] },
      {
        sql: identifier(column),
        isOne,
        keys: `${before}SELECT address_key(address) FROM (SELECT ${items}, ${program.email} FROM ${identifier(table)} AS profile) AS t(became, was, address) ${MISFITS}`,
        database: engine.outer,
      },
    ),
  );
  return first;
}

/** The same for a cast somewhere in the SQL of a segment: in the one source that has a column of that name. */
async function findPlaceInSources(
  engine: Engine,
  { sources }: ExportProgram,
  cast: Cast,
): Promise<FirstPlace | undefined> {
  const [name] = cast.columns;
  const isOne = await misfitTest(engine, cast);
  if (!engine.outer.tellsHeaders || name === undefined || isOne === undefined) return undefined;
  const candidates = sources.flatMap((source) => findColumn(engine, { source, column: name }) ?? []);
  const [only, ...others] = candidates;
  if (only === undefined || others.length > 0) return undefined;
  const { source, column } = only;
  const condition = isOne(column.sql);
  const row = await unlessFailed(() =>
    engine.outer.underLimits("The SQL", () =>
      findFirstRow(engine.outer, source.rows, { condition, columns: [column.name] }),
    ),
  );
  return row && { of: "example", source: source.name, ...row };
}

/** Places beyond what JavaScript counts to are of no use to anybody. */
function jsonOf(statement: SqlNode): string {
  const whole = { error: false, statements: [statement] };
  return JSON.stringify(whole, (key, value: unknown) => (key === "query_location" ? 0 : value));
}

function describeCast(
  { columns, type }: Cast,
  first: FirstPlace | undefined,
  misfits?: number,
): { message: string; hint: string } {
  const names = columns.map((name) => `"${maskAddresses(name)}"`);
  const of = `${names.length === 1 ? "column" : "columns"} ${names.join(", ")}`;
  const what =
    misfits === undefined
      ? `a value of ${of} does`
      : misfits === 1
        ? `1 value of ${of} does`
        : `${misfits.toLocaleString("en-US")} values of ${of} do`;
  return {
    message: `${what} not convert to ${type}${placeInBrackets({ first })}.`,
    hint: `\`TRY_CAST(… AS ${type === typeName("") ? "…" : type})\` gives NULL for such a value, and a row in which that is NULL shows which it is. Or fix the data, or say in \`columns\` of its source how the column is written.`,
  };
}
