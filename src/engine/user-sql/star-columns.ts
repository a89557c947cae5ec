import { foldName } from "../../model/fold-name.js";
import { countAliases } from "./addable-column.js";
import { keepsNames, type NamedTables } from "./column-names.js";
import { scopeWithCtes, type Scope } from "./query-scope.js";
import { listIn, nameIn, nodeIn, type SqlNode } from "./sql-node.js";

interface StarTables extends NamedTables {
  /** Columns of a source that have a written one, in their order. */
  originsIn(source: string): readonly { readonly column: string }[];
}

/**
 * Whether both queries are `SELECT *` from sources that have the same columns
 * in the same places, also once those that were written are added: a UNION by
 * places then brings the written ones along.
 */
export async function areStarsAlike(
  left: SqlNode,
  right: SqlNode,
  scope: Scope,
  tables: StarTables,
): Promise<boolean> {
  return (await columnsOfBoth(left, right, scope, tables)) !== undefined;
}

/** The columns of two queries that have the same ones. Each is looked at once, as unions are in unions. */
async function columnsOfBoth(
  left: SqlNode,
  right: SqlNode,
  scope: Scope,
  tables: StarTables,
): Promise<string | undefined> {
  const columns = await columnsOfStar(left, scope, tables);
  if (columns === undefined) return undefined;
  return columns === (await columnsOfStar(right, scope, tables)) ? columns : undefined;
}

/** Undefined when the query is another one. */
async function columnsOfStar(query: SqlNode, outer: Scope, tables: StarTables): Promise<string | undefined> {
  const scope = scopeWithCtes(query, outer);
  if (query["type"] === "SET_OPERATION_NODE")
    return columnsOfBoth(nodeIn(query, "left"), nodeIn(query, "right"), scope, tables);
  const [item, ...more] = query["type"] === "SELECT_NODE" ? listIn(query, "select_list") : [];
  const from = nodeIn(query, "from_table");
  if (item === undefined || more.length > 0 || !isPlainStar(item)) return undefined;
  const name = nameIn(from, "table_name");
  if (from["type"] !== "BASE_TABLE" || countAliases(from) > 0 || scope.ctes.has(name)) return undefined;
  if ((await tables.view(name, scope.view)) !== undefined) return undefined;
  const written = tables.originsIn(name).map(({ column }) => column);
  const names = tables.columnsOf(name);
  return names && JSON.stringify([names.map(foldName), written]);
}

function isPlainStar(item: SqlNode): boolean {
  return (
    item["class"] === "STAR" &&
    item["expr"] == null &&
    listIn(item, "replace_list").length === 0 &&
    keepsNames(item)
  );
}
