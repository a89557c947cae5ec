import { foldName } from "../../model/fold-name.js";
import { countAliases } from "./addable-column.js";
import { scopeWithCtes, type Scope } from "./query-scope.js";
import { listIn, nameIn, nodeIn, type SqlNode } from "./sql-node.js";

/** Whether a table has a column as its data came, and does not compute it. */
export type KeptIn = (table: string, column: string) => Promise<boolean>;

/** What a query makes of a column. In doubt it is computed. */
type ColumnFate = "kept" | "computed" | "absent";

/**
 * Whether a column of a query's result is a column of the tables it reads, as
 * it stands there: taken over by name or by `*`, through joins, subqueries and
 * CTEs.
 */
export async function keepsColumn(query: SqlNode, column: string, keptIn: KeptIn): Promise<boolean> {
  return (await new Lineage(keptIn).ofQuery(query, foldName(column), NO_CTES)) === "kept";
}

const NO_CTES: Scope = { view: "", ctes: new Map() };

class Lineage {
  readonly #keptIn: KeptIn;
  /** A CTE that is named twice is looked at once. */
  readonly #known = new Map<SqlNode, Map<string, Promise<ColumnFate>>>();

  constructor(keptIn: KeptIn) {
    this.#keptIn = keptIn;
  }

  /** `column` in lower case; "*" asks for all columns. */
  ofQuery(query: SqlNode, column: string, scope: Scope): Promise<ColumnFate> {
    const answers = this.#known.get(query) ?? new Map<string, Promise<ColumnFate>>();
    this.#known.set(query, answers);
    const known = answers.get(column) ?? this.#ofQuery(query, column, scope);
    answers.set(column, known);
    return known;
  }

  async #ofQuery(query: SqlNode, column: string, scope: Scope): Promise<ColumnFate> {
    const inner = scopeWithCtes(query, scope);
    // Columns of a UNION go by their place, so that all of them have to be kept.
    if (query["type"] === "SET_OPERATION_NODE")
      return every([
        await this.ofQuery(nodeIn(query, "left"), "*", inner),
        await this.ofQuery(nodeIn(query, "right"), "*", inner),
      ]);
    if (query["type"] !== "SELECT_NODE") return "computed";
    const items = listIn(query, "select_list");
    const answers: ColumnFate[] = [];
    for (const item of items) answers.push(await this.#ofItem(item, column, query, items, inner));
    return every(answers);
  }

  async #ofItem(
    item: SqlNode,
    column: string,
    query: SqlNode,
    items: readonly SqlNode[],
    scope: Scope,
  ): Promise<ColumnFate> {
    const from = nodeIn(query, "from_table");
    if (item["class"] === "STAR") return this.#ofStar(item, column, from, scope);
    const alias = nameIn(item, "alias");
    if (item["class"] === "CONSTANT") return alias === column || column === "*" ? "kept" : "absent";
    const path = item["class"] === "COLUMN_REF" ? (item["column_names"] as string[]) : [];
    const name = foldName(path.at(-1) ?? "");
    // What has no name may get any, such as the field of a structure.
    const given = alias === "" ? name : alias;
    if (given !== "" && given !== column && column !== "*") return "absent";
    if (name === "" || path.length > 2) return "computed";
    const isAlias = items.some((other) => other !== item && nameIn(other, "alias") === name);
    if (isAlias) return "computed";
    const answer = await this.#ofTable(
      from,
      name,
      path.length === 2 ? foldName(path[0] ?? "") : undefined,
      scope,
    );
    return answer === "kept" ? "kept" : "computed";
  }

  async #ofStar(item: SqlNode, column: string, from: SqlNode, scope: Scope): Promise<ColumnFate> {
    const replaced = [...listIn(item, "replace_list"), ...listIn(item, "rename_list")];
    if (item["columns"] === true || item["expr"] != null || replaced.length > 0) return "computed";
    const excluded = listIn(item, "exclude_list").map((name) => foldName(JSON.stringify(name)));
    if (excluded.includes(JSON.stringify(column))) return "absent";
    const table = nameIn(item, "relation_name");
    return this.#ofTable(from, column, table === "" ? undefined : table, scope);
  }

  async #ofTable(
    table: SqlNode,
    column: string,
    qualifier: string | undefined,
    scope: Scope,
  ): Promise<ColumnFate> {
    if (table["type"] === "JOIN")
      return every([
        await this.#ofTable(nodeIn(table, "left"), column, qualifier, scope),
        await this.#ofTable(nodeIn(table, "right"), column, qualifier, scope),
      ]);
    if (table["type"] === "EMPTY") return "absent";
    const name = nameIn(table, "table_name");
    const alias = nameIn(table, "alias");
    if (qualifier !== undefined && qualifier !== (alias === "" ? name : alias)) return "absent";
    if (countAliases(table) > 0) return "computed";
    if (table["type"] === "SUBQUERY")
      return this.ofQuery(nodeIn(nodeIn(table, "subquery"), "node"), column, scope);
    if (table["type"] !== "BASE_TABLE") return "computed";
    const cte = nameIn(table, "schema_name") === "" ? scope.ctes.get(name) : undefined;
    if (cte !== undefined) return cte.renamed ? "computed" : this.ofQuery(cte.query, column, cte.scope);
    return (await this.#keptIn(String(table["table_name"]), column)) ? "kept" : "computed";
  }
}

/** Absent where nothing has the column; computed where one part computes it. */
function every(answers: readonly ColumnFate[]): ColumnFate {
  if (answers.includes("computed")) return "computed";
  return answers.includes("kept") ? "kept" : "absent";
}
