import { foldName } from "../../model/fold-name.js";
import { lengthOf, listIn, nameIn, nodeIn, type SqlNode } from "./sql-node.js";

/** How many names a table or CTE gives its columns: `t(a, b)`. */
export function countAliases(node: SqlNode): number {
  return lengthOf(node["column_name_alias"]) + lengthOf(node["aliases"]);
}

export function isGrouped(query: SqlNode): boolean {
  return lengthOf(query["group_expressions"]) > 0 || query["aggregate_handling"] === "FORCE_AGGREGATES";
}

/** Whether a column more in a SELECT, or in what it reads, would change what the rest of it says. */
export function dependsOnColumnCount(query: SqlNode): boolean {
  const modifiers = listIn(query, "modifiers");
  const kinds = modifiers.map((modifier) => modifier["type"]);
  const orders = modifiers.flatMap((modifier) => listIn(modifier, "orders"));
  const places = [
    ...orders.map((order) => nodeIn(order, "expression")),
    ...listIn(query, "group_expressions"),
  ];
  if (places.some((place) => place["class"] === "CONSTANT")) return true;
  // More rows differ, and a limit would let other ones through.
  const limited = kinds.some((kind) => String(kind).startsWith("LIMIT"));
  if (kinds.includes("DISTINCT_MODIFIER") && limited) return true;
  // GROUP BY ALL groups by whatever a star stands for.
  if (isGrouped(query) && listIn(query, "select_list").some((item) => item["class"] === "STAR")) return true;
  return has(query, (node) => node["class"] === "STAR" && node["columns"] === true);
}

/** Whether rows of which there are several alike become one. */
export function removesDuplicates(query: SqlNode): boolean {
  const whole = listIn(query, "modifiers").some(
    (modifier) => modifier["type"] === "DISTINCT_MODIFIER" && lengthOf(modifier["distinct_on_targets"]) === 0,
  );
  if (whole) return true;
  if (query["type"] !== "SET_OPERATION_NODE") return false;
  return (
    query["setop_all"] !== true || ["left", "right"].some((side) => removesDuplicates(nodeIn(query, side)))
  );
}

/** Names of tables that stand where a column could: `to_json(people)`. */
export function namesOfRows(query: SqlNode): string[] {
  return tablesIn(nodeIn(query, "from_table")).filter((table) =>
    has(query, (node) => {
      const path = node["class"] === "COLUMN_REF" ? (node["column_names"] as string[]) : [];
      return path.length === 1 && foldName(path[0] ?? "") === table;
    }),
  );
}

function tablesIn(table: SqlNode): readonly string[] {
  if (table["type"] === "JOIN")
    return [...tablesIn(nodeIn(table, "left")), ...tablesIn(nodeIn(table, "right"))];
  const alias = nameIn(table, "alias");
  return [alias === "" ? nameIn(table, "table_name") : alias];
}

function has(node: unknown, wanted: (node: SqlNode) => boolean): boolean {
  if (Array.isArray(node)) return node.some((child) => has(child, wanted));
  if (typeof node !== "object" || node === null) return false;
  return wanted(node as SqlNode) || Object.values(node).some((child) => has(child, wanted));
}
