import { foldName } from "../../model/fold-name.js";
import { countCopies } from "./macro-copies.js";
import {
  mustFitSize,
  NOTHING,
  PIECE,
  SIMPLER,
  TABLE,
  joinSizes,
  tooLargeFailure,
  type QuerySize,
} from "./query-size.js";
import { isQuery, lengthOf, nameIn, queryIn, type SqlNode } from "./sql-node.js";

type Sizes = ReadonlyMap<string, QuerySize>;

interface Scope {
  /** CTEs by their names. */
  readonly queries: Sizes;
  /** Whether they are put in the place of their names, and not made once. */
  readonly inPlace: boolean;
}

/** A struct of these has the fields of all of them. */
const BUILDERS = new Set(["struct_pack", "row", "struct_insert", "struct_update", "struct_concat", "map"]);

/**
 * Refuses SQL of a few lines that becomes millions of columns or expressions:
 * the engine puts them together before any limit of time or memory stops it.
 */
export function mustUnfoldSmall(statement: SqlNode, sql: string): void {
  // The tree does not say where it stands.
  const inPlace = /\bmaterialized\b/i.test(sql);
  try {
    sizeOfQuery(statement["node"] as SqlNode, { queries: new Map(), inPlace });
  } catch (error) {
    // The stack is at its end.
    throw error instanceof RangeError
      ? tooLargeFailure("too many parts of it lie within each other", SIMPLER)
      : error;
  }
}

function sizeOfQuery(node: SqlNode, outer: Scope): QuerySize {
  const queries = new Map(outer.queries);
  const scope = { ...outer, queries };
  const declared = (node["cte_map"] as { map?: { key: string; value: SqlNode }[] } | undefined)?.map ?? [];
  for (const { key, value } of declared) {
    const size = sizeOfQuery(queryIn(value, "query"), scope);
    queries.set(foldName(key), scope.inPlace ? size : { ...TABLE, width: size.width, depth: size.depth });
  }
  // What is joined and asked inside of it is a matter of its own.
  return { ...mustFitSize(sizeWithin(node, scope)), joined: 1, subqueries: 0 };
}

function sizeWithin(node: SqlNode, scope: Scope): QuerySize {
  if (node["type"] === "SELECT_NODE") return sizeOfSelect(node, scope);
  const { left, right, children, modifiers, cte_name: name } = node;
  const rest = sizeOfRest(modifiers, scope);
  if (node["type"] === "RECURSIVE_CTE_NODE") {
    const first = sizeOfQuery(left as SqlNode, scope);
    const queries = new Map([...scope.queries, [foldName(String(name)), { ...TABLE, width: first.width }]]);
    return joinSizes([first, sizeOfQuery(right as SqlNode, { ...scope, queries }), rest]);
  }
  const parts = [left, right, children].flat().filter(isQuery);
  return { ...joinSizes([...parts.map((part) => sizeOfQuery(part, scope)), rest]), joined: 1 };
}

function sizeOfSelect(node: SqlNode, scope: Scope): QuerySize {
  const widths = new Map<string, number>();
  const from = sizeOfFrom(node["from_table"], scope, widths);
  // A name may mean an item before it, which is then put in its place.
  const names = new Map<string, QuerySize>();
  let items: QuerySize = NOTHING;
  let width = 0;
  for (const item of node["select_list"] as SqlNode[]) {
    const one = sizeOfExpression(item, { scope, names, from });
    // `*` and `t.*` are columns as they are; in an expression each makes one more.
    const isStar = item["class"] === "STAR";
    const of = isStar ? widths.get(nameIn(item, "relation_name")) : undefined;
    const times = hasStar(item) ? Math.max(1, of ?? from.width) : 1;
    width += times;
    const pieces = isStar ? one.pieces : one.pieces * times;
    items = mustFitSize({ ...joinSizes([items, { ...one, pieces }]), width });
    const alias = nameIn(item, "alias");
    if (alias !== "") names.set(alias, { ...one, repeated: one.repeated + one.pieces });
  }
  const rest = ["where_clause", "group_expressions", "group_sets", "having", "qualify", "modifiers"].map(
    (part) => sizeOfExpression(node[part], { scope, names, from }),
  );
  return { ...mustFitSize(joinSizes([from, items, ...rest])), width, depth: items.depth };
}

/** Writes the number of columns of each thing in it, by its name, into `widths`. */
function sizeOfFrom(from: unknown, scope: Scope, widths: Map<string, number>): QuerySize {
  const record = (from ?? {}) as SqlNode;
  const size = sizeOfRelation(record, scope, widths);
  const name = nameIn(record, "alias") || nameIn(record, "table_name");
  widths.set(name, Math.max(size.width, widths.get(name) ?? 0));
  return size;
}

function sizeOfRelation(record: SqlNode, scope: Scope, widths: Map<string, number>): QuerySize {
  switch (record["type"]) {
    case undefined:
    case "EMPTY":
      return NOTHING;
    case "BASE_TABLE":
      return scope.queries.get(nameIn(record, "table_name")) ?? TABLE;
    case "SUBQUERY":
      return sizeOfQuery(queryIn(record, "subquery"), scope);
    case "JOIN": {
      const sides = [record["left"], record["right"]].map((side) => sizeOfFrom(side, scope, widths));
      const width = sides.reduce((all, side) => all + side.width, 0);
      return mustFitSize({ ...joinSizes([...sides, sizeOfRest(record["condition"], scope)]), width });
    }
    case "PIVOT":
      return mustFitSize(sizeOfPivot(record, scope));
    default: {
      const [row] = (record["values"] as unknown[][] | undefined) ?? [];
      return mustFitSize({ ...sizeOfRest(record, scope), width: row?.length ?? TABLE.width, joined: 1 });
    }
  }
}

/** A column for each combination of the values that are named. */
function sizeOfPivot({ source, pivots, aggregates, ...rest }: SqlNode, scope: Scope): QuerySize {
  const from = sizeOfFrom(source, scope, new Map());
  const made = ((pivots ?? []) as SqlNode[]).reduce(
    (all, { entries }) => all * Math.max(1, lengthOf(entries)),
    Math.max(1, lengthOf(aggregates)),
  );
  const size = joinSizes([from, sizeOfRest([pivots, aggregates, rest], scope)]);
  return { ...size, width: from.width + made, pieces: size.pieces + made };
}

interface SizeContext {
  readonly scope: Scope;
  /** What the items before are called. */
  readonly names: Sizes;
  readonly from: QuerySize;
}

function sizeOfExpression(node: unknown, around: SizeContext): QuerySize {
  if (Array.isArray(node)) return joinSizes(node.map((child) => sizeOfExpression(child, around)));
  if (typeof node === "number") return PIECE;
  if (typeof node !== "object" || node === null) return NOTHING;
  if (isQuery(node)) return { ...sizeOfQuery(node, around.scope), joined: 0, subqueries: 1 };
  const { query_location: _, children, ...members } = node as SqlNode;
  if (members["class"] === "CONSTANT") return NOTHING;
  if (members["class"] === "COLUMN_REF") {
    const [name = "", ...more] = members["column_names"] as string[];
    const own = more.length === 0 ? around.names.get(foldName(name)) : undefined;
    return own ?? { ...PIECE, depth: around.from.depth };
  }
  const parts = ((children ?? []) as unknown[]).map((child) => sizeOfExpression(child, around));
  const size = joinSizes([
    ...parts,
    ...Object.values(members).map((member) => sizeOfExpression(member, around)),
  ]);
  const depth = BUILDERS.has(nameIn(members, "function_name"))
    ? parts.reduce((all, part) => all + part.depth, 0)
    : Math.max(size.depth, members["class"] === "STAR" ? around.from.depth : 1);
  const copies = countCopies(nameIn(members, "function_name"));
  const pieces = size.pieces * copies + (members["class"] === undefined ? 0 : 1);
  return mustFitSize({ ...size, pieces, copied: size.copied * copies + size.pieces * (copies - 1), depth });
}

/** Of a part that belongs to no SELECT with items of its own. */
function sizeOfRest(node: unknown, scope: Scope): QuerySize {
  return sizeOfExpression(node, { scope, names: new Map(), from: NOTHING });
}

/** Whether it stands for each column: `*`, `t.*`, `COLUMNS(…)`. */
function hasStar(node: unknown): boolean {
  if (typeof node !== "object" || node === null || isQuery(node)) return false;
  return (node as SqlNode)["class"] === "STAR" || Object.values(node).some(hasStar);
}
