import { Failure } from "../model/failure.js";
import { maskAddresses } from "../platform/mask-addresses.js";
import { identifier, literal } from "../plugin/relation.js";
import type { Engine } from "./engine.js";
import type { SqlNode } from "./sql-node.js";
import { typeName } from "./type-names.js";
import { syntaxOf } from "./user-sql.js";

/** Rows that an expression is taken of: a table, with what has to stand before a SELECT from it. */
export interface Rows {
  readonly before: string;
  readonly table: string;
}

/** So many are asked for; SQL that has more is told as a whole. */
const MOST_CASTS = 20;

/**
 * What of SQL that failed while values were converted does not convert, by
 * column and type, and what to write instead; no value is told. `rows` is
 * missing where the SQL is a query of its own, whose casts cannot be asked for
 * one by one.
 */
export async function failedCast(
  engine: Engine,
  sql: string,
  rows: Rows | undefined,
): Promise<{ readonly message: string; readonly hint: string } | undefined> {
  const statement = await syntaxOf(engine, sql);
  // Everything converts to text.
  const casts = castsIn(statement).filter(({ columns, type }) => columns.length > 0 && type !== "VARCHAR");
  if (rows === undefined) return casts.length === 1 && casts[0] !== undefined ? told(casts[0]) : undefined;
  for (const cast of casts.slice(0, MOST_CASTS)) {
    const misfits = await misfitsOf(engine, statement, cast, rows);
    if (misfits > 0) return told(cast, misfits);
  }
  return undefined;
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

/** How many values a cast gives nothing for; 0 where that cannot be asked. */
async function misfitsOf(
  engine: Engine,
  statement: SqlNode,
  { node }: Cast,
  { before, table }: Rows,
): Promise<number> {
  const list = [{ ...node, try_cast: true }, node["child"]];
  const asking = { ...statement, node: { ...(statement["node"] as SqlNode), select_list: list } };
  const from = `FROM ${identifier(table)} AS profile`;
  try {
    const { sql } = await engine.row<{ sql: string }>(
      `SELECT json_deserialize_sql(${literal(jsonOf(asking))}) AS sql`,
    );
    const counted = `SELECT count(*) FILTER (was IS NOT NULL AND became IS NULL) AS n FROM (${sql} ${from}) AS t(became, was)`;
    return await engine.outer.underLimits("The SQL", () => engine.outer.count(`${before}${counted}`));
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted") return 0;
    throw error;
  }
}

/** Places beyond what JavaScript counts to are of no use to anybody. */
function jsonOf(statement: SqlNode): string {
  const whole = { error: false, statements: [statement] };
  return JSON.stringify(whole, (key, value: unknown) => (key === "query_location" ? 0 : value));
}

function told({ columns, type }: Cast, misfits?: number): { message: string; hint: string } {
  const names = columns.map((name) => `"${maskAddresses(name)}"`);
  const of = `${names.length === 1 ? "column" : "columns"} ${names.join(", ")}`;
  const what =
    misfits === undefined
      ? `a value of ${of} does`
      : misfits === 1
        ? `1 value of ${of} does`
        : `${misfits.toLocaleString("en-US")} values of ${of} do`;
  return {
    message: `${what} not convert to ${type}.`,
    hint: `\`TRY_CAST(… AS ${type === typeName("") ? "…" : type})\` gives NULL for such a value, and a row in which that is NULL shows which it is. Or mend the data.`,
  };
}
