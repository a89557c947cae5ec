import { foldName } from "../../model/fold-name.js";
import { countAliases } from "./addable-column.js";
import { listIn, nameIn, nodeIn, type SqlNode } from "./sql-node.js";

/** What the names in a query stand for, besides sources and segments. */
export interface Scope {
  /** The view in whose SQL all of this stands. */
  readonly view: string;
  readonly ctes: ReadonlyMap<string, Cte>;
}

export interface Cte {
  readonly query: SqlNode;
  readonly renamed: boolean;
  /** Whether it is read in one place, which is the one that is followed. */
  readonly once: boolean;
  readonly scope: Scope;
}

/** A segment, and its SQL. */
export interface SegmentQuery {
  readonly name: string;
  readonly query: SqlNode;
}

export function scopeOf({ name }: SegmentQuery): Scope {
  return { view: name, ctes: new Map() };
}

/** The scope within a query that is in another one. */
export function scopeWithCtes(query: SqlNode, outer: Scope): Scope {
  let scope = outer;
  const entries = listIn(nodeIn(query, "cte_map"), "map");
  for (const [index, entry] of entries.entries()) {
    const name = foldName(String(entry["key"]));
    const value = nodeIn(entry, "value");
    const cte: Cte = {
      query: nodeIn(nodeIn(value, "query"), "node"),
      renamed: countAliases(value) > 0,
      // In itself and in those before it, the name is a table's.
      once: readsOf(query, name) - readsOf(entries.slice(0, index + 1), name) <= 1,
      scope,
    };
    scope = { view: outer.view, ctes: new Map([...scope.ctes, [name, cte]]) };
  }
  return scope;
}

/** How often a table is named. */
function readsOf(node: unknown, table: string): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, child) => sum + readsOf(child, table), 0);
  if (typeof node !== "object" || node === null) return 0;
  const record = node as SqlNode;
  const own = record["type"] === "BASE_TABLE" && nameIn(record, "table_name") === table ? 1 : 0;
  return own + readsOf(Object.values(record), table);
}
