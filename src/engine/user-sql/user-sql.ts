import { foldName } from "../../model/fold-name.js";
import { Failure } from "../../model/failure.js";
import { literal } from "../../plugin/relation.js";
import type { Engine } from "../engine.js";
import { explainParseError, type ParseError } from "./parse-error.js";
import type { SqlNode } from "./sql-node.js";
import { mustUnfoldSmall } from "./sql-size.js";
import { mustBeWrittenSmall } from "./written-size.js";

/** What a piece of a person's SQL refers to. */
export interface SqlFacts {
  /** Tables it selects from, without its own CTEs. */
  readonly tables: readonly string[];
}

/** Table functions that only make rows of their arguments. */
const TABLE_FUNCTIONS = new Set(["unnest", "range", "generate_series"]);

/** Functions whose answer differs from run to run, that reach out of the query, or that put their argument into an error. */
const REFUSED_FUNCTIONS = new Set([
  "error",
  "random",
  "setseed",
  "uuid",
  "uuidv4",
  "uuidv7",
  "gen_random_uuid",
  "nextval",
  "currval",
  "sleep_ms",
  "write_log",
  "stats",
  "current_query",
  "current_query_id",
  "current_transaction_id",
  "txid_current",
  "current_connection_id",
  "getvariable",
  "getenv",
  "query",
  "query_table",
  "read_text",
  "read_blob",
  "current_setting",
]);

const AGREE = "Two evaluations of a segment must agree; now() and today() answer with the run's clock.";

/** Checks that `sql` is one SELECT over named tables and says which. `file` is where it stands, if not in the config. */
export async function checkSelect(engine: Engine, sql: string, file?: string): Promise<SqlFacts> {
  mustBeWrittenSmall(sql);
  const statements = await parse(engine, sql, { file });
  if (statements.length !== 1) throw invalid("The SQL must be exactly one SELECT.");
  return factsOf(statements[0] as SqlNode, sql);
}

/** Refuses what is sound piece by piece and too large as a whole. `sql` is made of what was checked, and `what` is its name. */
export async function checkSize(engine: Engine, sql: string, what: string): Promise<void> {
  const [statement] = await parse(engine, sql).catch((error: unknown): unknown[] => {
    // What cannot be parsed is told when it is run.
    if (error instanceof Failure && error.kind === "invalid") return [];
    throw error;
  });
  try {
    if (statement !== undefined) mustUnfoldSmall(statement as SqlNode, sql);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { kind, message, hint } = error;
    throw new Failure(kind, `${what}: ${message}`, hint === undefined ? {} : { hint });
  }
}

/** The syntax tree of one SELECT. */
export async function parseSelect(engine: Engine, sql: string): Promise<SqlNode> {
  return ((await parse(engine, sql))[0] as SqlNode)["node"] as SqlNode;
}

/** The syntax tree of a statement that was checked: of a SELECT, or of one of an expression. */
export async function parseChecked(engine: Engine, sql: string): Promise<SqlNode> {
  return (await parse(engine, sql))[0] as SqlNode;
}

/** Checks that `sql` is one expression and nothing more. */
export async function checkExpression(engine: Engine, sql: string): Promise<SqlFacts> {
  mustBeWrittenSmall(sql);
  const statements = await parse(engine, sql, { before: "SELECT (\n", after: "\n)" });
  const node = statements.length === 1 ? ((statements[0] as SqlNode)["node"] as SqlNode) : undefined;
  const from = (node?.["from_table"] as SqlNode | undefined)?.["type"];
  const items = node?.["select_list"] as unknown[] | undefined;
  const rest = [node?.["where_clause"], node?.["having"], node?.["qualify"], node?.["sample"]].some(
    (part) => part != null,
  );
  const more = [node?.["modifiers"], node?.["group_expressions"]].some(
    (part) => ((part as unknown[] | undefined)?.length ?? 0) > 0,
  );
  if (node?.["type"] !== "SELECT_NODE" || from !== "EMPTY" || items?.length !== 1 || rest || more) {
    throw invalid("The SQL must be one expression, as it would be in a SELECT or WHERE.");
  }
  return factsOf(statements[0] as SqlNode, sql);
}

/** Checks that `sql` is what may be in ORDER BY, of the columns of one table. */
export async function checkOrder(engine: Engine, sql: string): Promise<void> {
  mustBeWrittenSmall(sql);
  const statements = await parse(engine, sql, { before: "SELECT 1 FROM ranked ORDER BY\n", after: "\n" });
  const node = (statements[0] as SqlNode)["node"] as SqlNode;
  const { modifiers, ...rest } = node;
  const [order, ...more] = (modifiers as SqlNode[] | undefined) ?? [];
  const plain = statements.length === 1 && node["type"] === "SELECT_NODE" && more.length === 0;
  if (!plain || order?.["type"] !== "ORDER_MODIFIER")
    throw invalid("The SQL must be what may be in ORDER BY.");
  factsOf(rest, sql);
  if (factsOf(order, sql).tables.length > 0) throw invalid("The SQL may not select from tables.");
}

/** What stands around SQL that people wrote: SQL of ours, or the file that holds it. */
interface SurroundingText {
  readonly before: string;
  readonly after: string;
  readonly file: string | undefined;
}

/** Parses what people wrote. */
async function parse(
  engine: Engine,
  sql: string,
  { before = "", after = "", file }: Partial<SurroundingText> = {},
): Promise<unknown[]> {
  const parsed = JSON.parse(await serialize(engine, before + sql + after)) as ParseError & {
    error: boolean;
    statements?: unknown[];
  };
  if (parsed.error || parsed.statements === undefined) throw explainParseError(parsed, sql, before, file);
  if (parsed.statements.length === 0) throw invalid("The SQL must be exactly one SELECT.");
  return parsed.statements;
}

/** A tree takes twenty times its text, so that those of long ones are not kept. */
const LONGEST_KEPT = 10_000;

/** The texts that each engine has parsed: checking, following columns and running ask for the same ones. */
const serialized = new WeakMap<Engine, Map<string, string>>();

/** The syntax tree of SQL, as JSON. */
async function serialize(engine: Engine, sql: string): Promise<string> {
  const known = serialized.get(engine) ?? new Map<string, string>();
  serialized.set(engine, known);
  const before = known.get(sql);
  if (before !== undefined) return before;
  const { ast } = await engine.limitedRow<{ ast: string }>(
    "Reading the SQL",
    `SELECT CAST(json_serialize_sql(${literal(sql)}) AS VARCHAR) AS ast`,
  );
  if (sql.length <= LONGEST_KEPT) known.set(sql, ast);
  return ast;
}

function factsOf(statement: SqlNode, sql: string): SqlFacts {
  const tables = new Set<string>();
  if (statement["node"] !== undefined) mustUnfoldSmall(statement, sql);
  walk(statement, new Set(), tables);
  return { tables: [...tables] };
}

function walk(node: unknown, ctes: ReadonlySet<string>, tables: Set<string>): void {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, ctes, tables);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { cte_map: declared, ...record } = node as SqlNode;
  const scope = walkCtes(declared, ctes, tables);
  if (record["type"] === "RECURSIVE_CTE_NODE") return walkRecursive(record, scope, tables);
  if (record["type"] === "BASE_TABLE") addTable(record, scope, tables);
  if (record["type"] === "SHOW_REF") throw invalid("The SQL must be a SELECT.");
  if (record["type"] === "TABLE_FUNCTION") checkTableFunction(record);
  if (record["class"] === "FUNCTION") checkFunction(record);
  if (record["class"] === "PARAMETER") throw invalid("The SQL may not have parameters (? or $name).");
  if (record["sample"] != null) throw invalid("The SQL may not sample.", AGREE);
  for (const child of Object.values(record)) walk(child, scope, tables);
}

/** Where a recursive CTE begins, its name is still the table's; only what goes on from there sees itself. */
function walkRecursive({ left, ...rest }: SqlNode, ctes: ReadonlySet<string>, tables: Set<string>): void {
  walk(left, ctes, tables);
  walk(Object.values(rest), new Set([...ctes, foldName(String(rest["cte_name"]))]), tables);
}

/** A CTE hides a table of its name from the CTEs after it and from the query, but not from itself. */
function walkCtes(declared: unknown, ctes: ReadonlySet<string>, tables: Set<string>): Set<string> {
  const scope = new Set(ctes);
  for (const { key, value } of (declared as { map?: { key: string; value: unknown }[] } | undefined)?.map ??
    []) {
    walk(value, new Set(scope), tables);
    scope.add(foldName(key));
  }
  return scope;
}

function addTable(record: SqlNode, ctes: ReadonlySet<string>, tables: Set<string>): void {
  const name = String(record["table_name"]);
  const qualified = [record["catalog_name"], record["schema_name"]].some(
    (part) => typeof part === "string" && part !== "",
  );
  if (!qualified && ctes.has(foldName(name))) return;
  const inner = [record["catalog_name"], record["schema_name"]]
    .map(String)
    .find((part) => /^(information_schema|pg_catalog|system|temp)$/i.test(part));
  if (inner !== undefined) throw invalid(`The SQL may not read ${inner}.`);
  tables.add(name);
}

function checkTableFunction(record: SqlNode): void {
  const called = (record["function"] as { readonly function_name?: string } | undefined)?.function_name;
  const name = called ?? "";
  if (!TABLE_FUNCTIONS.has(foldName(name))) {
    throw invalid(
      `The SQL may not call the table function "${name}".`,
      "Declare the data as a source and select from it by name.",
    );
  }
}

function checkFunction(record: SqlNode): void {
  const name = foldName(String(record["function_name"]));
  // `system.main.now()` is DuckDB's own clock, not the run's.
  const builtIn = [record["catalog"], record["schema"]].some((part) => /^system$/i.test(String(part)));
  if (builtIn || REFUSED_FUNCTIONS.has(name))
    throw invalid(
      `The SQL may not call "${builtIn ? "system." : ""}${name}".`,
      name === "error" ? "An error would carry data into messages; a condition can leave rows out." : AGREE,
    );
}

function invalid(message: string, hint?: string): Failure {
  return new Failure("invalid", message, hint === undefined ? {} : { hint });
}
