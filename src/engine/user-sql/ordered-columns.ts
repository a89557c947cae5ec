import type { Engine } from "../engine.js";
import { listIn, nodeIn, type SqlNode } from "./sql-node.js";
import { parseSelect } from "./user-sql.js";

/** A column that stands alone in an ORDER BY. */
export interface OrderedColumn {
  readonly column: string;
  /** In bytes of `orderQuery`. */
  readonly at: number;
}

const BEFORE = "SELECT 1 FROM ranked ORDER BY\n";

/** An order as a query that can be parsed. */
export function orderQuery(orderBy: string): string {
  return `${BEFORE}${orderBy}\n`;
}

/** The order in such a query. */
export function orderOfQuery(query: string): string {
  return query.slice(BEFORE.length, -1);
}

export async function findOrderKeys(engine: Engine, orderBy: string): Promise<readonly SqlNode[]> {
  const node = await parseSelect(engine, orderQuery(orderBy));
  return listIn(node, "modifiers").flatMap((modifier) =>
    listIn(modifier, "orders").map((order) => nodeIn(order, "expression")),
  );
}

export async function findOrderedColumns(engine: Engine, orderBy: string): Promise<readonly OrderedColumn[]> {
  return (await findOrderKeys(engine, orderBy)).flatMap((key) => {
    const path = key["class"] === "COLUMN_REF" ? (key["column_names"] as string[]) : [];
    const [column] = path;
    return column === undefined || path.length > 1 ? [] : [{ column, at: Number(key["query_location"]) }];
  });
}
