import { foldName } from "../../model/fold-name.js";
import { scopeWithCtes, type Scope } from "./query-scope.js";
import { isQuery, listIn, nameIn, nodeIn, type SqlNode } from "./sql-node.js";

/** A column whose values are put in an order, by a comparison, a smallest or largest value, or ORDER BY. */
export interface ComparedColumn {
  /** As the SQL writes it, with what comes before it. */
  readonly path: readonly string[];
  /** Whether the engine casts its values to something else first. */
  readonly cast: boolean;
  /** The queries that it is in, the innermost first; none where the SQL is an expression. */
  readonly within: readonly QueryInScope[];
}

export interface QueryInScope {
  readonly query: SqlNode;
  readonly scope: Scope;
}

const ORDERED = new Set([
  "COMPARE_LESSTHAN",
  "COMPARE_LESSTHANOREQUALTO",
  "COMPARE_GREATERTHAN",
  "COMPARE_GREATERTHANOREQUALTO",
]);

/** Functions that order their values: all of them, or those behind the first. */
const EXTREMES = new Set(["min", "max", "least", "greatest"]);
const EXTREMES_BY = new Set(["arg_min", "arg_max", "argmin", "argmax", "min_by", "max_by"]);

/** Functions and operators that leave a text what it is, as far as its order goes. */
const KEEPING = new Set(["trim", "ltrim", "rtrim", "ifnull", "nullif", "coalesce"]);

/** All such columns in a piece of SQL. */
export function findComparedColumns(
  node: unknown,
  scope: Scope,
  within: readonly QueryInScope[] = [],
): ComparedColumn[] {
  if (Array.isArray(node)) return node.flatMap((child) => findComparedColumns(child, scope, within));
  if (typeof node !== "object" || node === null) return [];
  if (isQuery(node)) return inQuery(node, scope, within);
  const record = node as SqlNode;
  const own = operandsOf(record).flatMap((operand) => columnsOf(operand, within));
  return [...own, ...findComparedColumns(Object.values(record), scope, within)];
}

function inQuery(query: SqlNode, outer: Scope, within: readonly QueryInScope[]): ComparedColumn[] {
  const scope = scopeWithCtes(query, outer);
  const ctes = listIn(nodeIn(query, "cte_map"), "map").flatMap((entry) => {
    const cte = scope.ctes.get(foldName(String(entry["key"])));
    return cte === undefined ? [] : findComparedColumns(cte.query, cte.scope, []);
  });
  const { cte_map: _, modifiers, ...parts } = query;
  const here = [{ query, scope }, ...within];
  // In ORDER BY, the name of an item means the item.
  const computed = listIn(query, "select_list")
    .filter((item) => item["class"] !== "COLUMN_REF")
    .map((item) => nameIn(item, "alias"));
  const isItem = ({ path, within: [own] }: ComparedColumn): boolean =>
    own?.query === query && path.length === 1 && computed.includes(foldName(path[0] ?? ""));
  return [
    ...ctes,
    ...findComparedColumns(Object.values(parts), scope, here),
    ...findComparedColumns(modifiers, scope, here).filter((column) => !isItem(column)),
  ];
}

function operandsOf(node: SqlNode): readonly SqlNode[] {
  const orders = listIn(node, "orders").map((order) => nodeIn(order, "expression"));
  if (orders.length > 0) return orders;
  if (node["class"] === "COMPARISON")
    return ORDERED.has(String(node["type"])) ? [nodeIn(node, "left"), nodeIn(node, "right")] : [];
  if (node["class"] === "BETWEEN") return ["input", "lower", "upper"].map((part) => nodeIn(node, part));
  const name = nameIn(node, "function_name");
  if (EXTREMES.has(name)) return listIn(node, "children");
  return EXTREMES_BY.has(name) ? listIn(node, "children").slice(1, 2) : [];
}

function columnsOf(operand: SqlNode, within: readonly QueryInScope[], cast = false): ComparedColumn[] {
  if (operand["class"] === "COLUMN_REF") return [{ path: operand["column_names"] as string[], cast, within }];
  if (operand["class"] === "CAST") {
    const toText = nodeIn(operand, "cast_type")["id"] === "VARCHAR";
    return columnsOf(nodeIn(operand, "child"), within, cast || !toText);
  }
  const keeps = KEEPING.has(nameIn(operand, "function_name")) || operand["type"] === "OPERATOR_COALESCE";
  return keeps ? listIn(operand, "children").flatMap((child) => columnsOf(child, within, cast)) : [];
}
