import { foldName } from "../../model/fold-name.js";
import { countAliases } from "./addable-column.js";
import { scopeOf, scopeWithCtes, type Scope, type SegmentQuery } from "./query-scope.js";
import { listIn, nameIn, nodeIn, type SqlNode } from "./sql-node.js";

export interface NamedTables {
  view(name: string, before: string | undefined): Promise<SegmentQuery | undefined>;
  /** Names of a source's columns in their order; undefined when nobody knows. */
  columnsOf(source: string): readonly string[] | undefined;
}

/** The columns of a query's result in their order, as the engine compares names; undefined when they cannot be known. */
export async function findColumnNames(
  query: SqlNode,
  outer: Scope,
  tables: NamedTables,
): Promise<readonly string[] | undefined> {
  const scope = scopeWithCtes(query, outer);
  if (query["type"] === "SET_OPERATION_NODE") return findColumnNames(nodeIn(query, "left"), scope, tables);
  if (query["type"] !== "SELECT_NODE") return undefined;
  const names: string[] = [];
  for (const item of listIn(query, "select_list")) {
    const own = item["class"] === "STAR" ? await namesOfStar(item, query, scope, tables) : [nameOfItem(item)];
    if (own === undefined) return undefined;
    names.push(...own);
  }
  return names;
}

async function namesOfStar(
  item: SqlNode,
  query: SqlNode,
  scope: Scope,
  tables: NamedTables,
): Promise<readonly string[] | undefined> {
  const from = nodeIn(query, "from_table");
  if (!keepsNames(item) || countAliases(from) > 0) return undefined;
  if (from["type"] === "SUBQUERY")
    return findColumnNames(nodeIn(nodeIn(from, "subquery"), "node"), scope, tables);
  if (from["type"] !== "BASE_TABLE") return undefined;
  const name = nameIn(from, "table_name");
  const cte = scope.ctes.get(name);
  if (cte !== undefined) return cte.renamed ? undefined : findColumnNames(cte.query, cte.scope, tables);
  const view = await tables.view(name, scope.view);
  return view === undefined
    ? tables.columnsOf(name)?.map(foldName)
    : findColumnNames(view.query, scopeOf(view), tables);
}

/** Whether a star stands for all columns of its table under their names. */
export function keepsNames(star: SqlNode): boolean {
  const lists = ["exclude_list", "qualified_exclude_list", "rename_list"];
  return star["columns"] !== true && lists.every((list) => listIn(star, list).length === 0);
}

function nameOfItem(item: SqlNode): string {
  const alias = nameIn(item, "alias");
  const path = item["class"] === "COLUMN_REF" ? (item["column_names"] as string[]) : [];
  return alias === "" ? foldName(path.at(-1) ?? "") : alias;
}
