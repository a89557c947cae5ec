import { foldName } from "./fold-name.js";
import { aliasesOf } from "./addable-column.js";
import type { NamedTables } from "./column-names.js";
import { withCtes, type Scope } from "./query-scope.js";
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
  const columns = await columnsOfStar(left, scope, tables);
  return columns !== undefined && columns === (await columnsOfStar(right, scope, tables));
}

/** Undefined when the query is another one. */
async function columnsOfStar(query: SqlNode, outer: Scope, tables: StarTables): Promise<string | undefined> {
  const scope = withCtes(query, outer);
  if (query["type"] === "SET_OPERATION_NODE") {
    const [left, right] = [nodeIn(query, "left"), nodeIn(query, "right")];
    return (await areStarsAlike(left, right, scope, tables)) ? columnsOfStar(left, scope, tables) : undefined;
  }
  const [item, ...more] = query["type"] === "SELECT_NODE" ? listIn(query, "select_list") : [];
  const from = nodeIn(query, "from_table");
  if (item === undefined || more.length > 0 || !isPlainStar(item)) return undefined;
  const name = nameIn(from, "table_name");
  if (from["type"] !== "BASE_TABLE" || aliasesOf(from) > 0 || scope.ctes.has(name)) return undefined;
  if ((await tables.view(name, scope.view)) !== undefined) return undefined;
  const written = tables.originsIn(name).map(({ column }) => column);
  const names = tables.columnsOf(name);
  return names && JSON.stringify([names.map(foldName), written]);
}

function isPlainStar(item: SqlNode): boolean {
  const lists = ["exclude_list", "qualified_exclude_list", "rename_list", "replace_list"];
  return (
    item["class"] === "STAR" &&
    item["columns"] !== true &&
    item["expr"] == null &&
    lists.every((list) => listIn(item, list).length === 0)
  );
}
