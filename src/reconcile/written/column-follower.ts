import { foldName } from "../../model/fold-name.js";
import { identifier } from "../../plugin/relation.js";
import {
  countAliases,
  dependsOnColumnCount,
  isGrouped,
  namesOfRows,
} from "../../engine/user-sql/addable-column.js";
import { findColumnNames } from "../../engine/user-sql/column-names.js";
import {
  scopeOf,
  scopeWithCtes,
  type Cte,
  type Scope,
  type SegmentQuery,
} from "../../engine/user-sql/query-scope.js";
import { areStarsAlike } from "../../engine/user-sql/star-columns.js";
import { listIn, nameIn, nodeIn, type SqlNode } from "../../engine/user-sql/sql-node.js";
import { writtenColumn, writtenTable } from "../../engine/load/typed-source.js";
import {
  ABSENT,
  AS_IT_IS,
  bothIn,
  COMPUTED,
  inFront,
  lost,
  oneOf,
  originsOf,
  readByAnother,
  type Edit,
  type FollowedColumn,
  type Origin,
} from "./followed-column.js";

/** What is known of the tables that a query names. */
export interface KnownTables {
  /** A segment that comes before another one; undefined where there is none of the name. */
  view(name: string, before: string | undefined): Promise<SegmentQuery | undefined>;
  /** A column of a source: its type where it is text that was taken for one, "" where it is as the source has it; undefined: there is none. */
  typeIn(source: string, column: string): string | undefined;
  /** All columns of a source that were taken for something. */
  originsIn(source: string): readonly Origin[];
  /** Names of a source's columns in their order; undefined when nobody knows. */
  columnsOf(source: string): readonly string[] | undefined;
}

/** Follows a column through people's SQL to the sources, and finds how its written form comes along. */
export class ColumnFollower {
  readonly #tables: KnownTables;
  /** What is named twice is looked at once. */
  readonly #known = new Map<SqlNode, Map<string, Promise<FollowedColumn>>>();

  constructor(tables: KnownTables) {
    this.#tables = tables;
  }

  /** `column` as the engine compares names. */
  async inTable(table: string, column: string, seenFrom?: string): Promise<FollowedColumn> {
    const view = await this.#tables.view(table, seenFrom);
    if (view !== undefined) {
      const answer = await this.#ofQuery(view.query, column, scopeOf(view));
      return seenFrom === undefined ? answer : readByAnother(view.query, answer);
    }
    const type = this.#tables.typeIn(table, column);
    if (type === undefined) return ABSENT;
    if (type === "") return AS_IT_IS;
    return { kind: "written", origins: [{ source: table, column, type }], edits: [] };
  }

  /** A column that an expression in a query names, by all that stands there. */
  async inExpression(query: SqlNode, path: readonly string[], scope: Scope): Promise<FollowedColumn> {
    const name = foldName(path.at(-1) ?? "");
    if (query["type"] !== "SELECT_NODE") return this.#ofQuery(query, name, scope);
    const qualifier = path.length === 1 ? undefined : foldName(path.at(-2) ?? "");
    return this.#ofTable(nodeIn(query, "from_table"), name, qualifier, scope);
  }

  #ofQuery(query: SqlNode, column: string, scope: Scope): Promise<FollowedColumn> {
    const answers = this.#known.get(query) ?? new Map<string, Promise<FollowedColumn>>();
    this.#known.set(query, answers);
    const known = answers.get(column) ?? this.#ofNode(query, column, scopeWithCtes(query, scope));
    answers.set(column, known);
    return known;
  }

  async #ofNode(query: SqlNode, column: string, scope: Scope): Promise<FollowedColumn> {
    if (query["type"] === "SET_OPERATION_NODE") return this.#ofSetOperation(query, column, scope);
    if (query["type"] !== "SELECT_NODE") return lost(await this.#originsUnder(query, scope));
    const answers: FollowedColumn[] = [];
    for (const item of listIn(query, "select_list")) {
      const answer = await this.#ofItem(item, column, query, scope);
      if (answer.kind !== "absent") answers.push(answer);
    }
    const answer = oneOf(answers);
    if (answer.kind !== "written") return answer;
    return dependsOnColumnCount(query) || (await this.#namesRows(query, scope))
      ? lost(answer.origins)
      : answer;
  }

  /** Whether a whole row stands somewhere. A column of the same name comes first. */
  async #namesRows(query: SqlNode, scope: Scope): Promise<boolean> {
    for (const table of namesOfRows(query))
      if ((await this.#ofTable(nodeIn(query, "from_table"), table, undefined, scope)).kind === "absent")
        return true;
    return false;
  }

  async #ofItem(item: SqlNode, column: string, query: SqlNode, scope: Scope): Promise<FollowedColumn> {
    const from = nodeIn(query, "from_table");
    if (item["class"] === "STAR") return this.#ofStar(item, column, from, scope);
    const alias = nameIn(item, "alias");
    if (item["class"] !== "COLUMN_REF") return alias === column ? COMPUTED : ABSENT;
    const path = item["column_names"] as string[];
    const name = foldName(path.at(-1) ?? "");
    if ((alias === "" ? name : alias) !== column) return ABSENT;
    const qualifier = path.length === 1 ? undefined : foldName(path.at(-2) ?? "");
    const answer = await this.#ofTable(from, name, qualifier, scope);
    if (answer.kind === "absent") return this.#ofAlias(name, item, query, scope);
    const at = Number(item["query_location"]);
    if (answer.kind !== "written") return answer;
    if (path.length > 2 || !Number.isSafeInteger(at)) return lost(answer.origins);
    const written = [...path.slice(0, -1).map(identifier), identifier(writtenColumn(name))].join(".");
    const value = isGrouped(query) ? `min(${written})` : written;
    const edit: Edit = {
      view: scope.view,
      at,
      place: "item",
      text: `${value} AS ${identifier(writtenColumn(column))}, `,
    };
    return { ...answer, edits: [...answer.edits, edit] };
  }

  /** A name that no table has may be another item's, or the field of a structure. */
  async #ofAlias(name: string, item: SqlNode, query: SqlNode, scope: Scope): Promise<FollowedColumn> {
    const named = listIn(query, "select_list").some(
      (other) => other !== item && nameIn(other, "alias") === name,
    );
    return named ? lost(await this.#originsUnder(query, scope)) : COMPUTED;
  }

  async #ofStar(item: SqlNode, column: string, from: SqlNode, scope: Scope): Promise<FollowedColumn> {
    const table = nameIn(item, "relation_name");
    const answer = await this.#ofTable(from, column, table === "" ? undefined : table, scope);
    const has = (list: string): boolean =>
      foldName(JSON.stringify(item[list] ?? [])).includes(JSON.stringify(column));
    if (has("rename_list") || item["columns"] === true || item["expr"] != null)
      return lost(await this.#originsUnder(from, scope));
    if (has("exclude_list") || has("qualified_exclude_list")) return ABSENT;
    return listIn(item, "replace_list").some((entry) => nameIn(entry, "key") === column) ? COMPUTED : answer;
  }

  /** Columns go by their names, or by their places. */
  async #ofSetOperation(query: SqlNode, column: string, scope: Scope): Promise<FollowedColumn> {
    const [left, right] = [nodeIn(query, "left"), nodeIn(query, "right")];
    const byName = String(query["setop_type"]).endsWith("BY_NAME");
    const first = await this.#ofQuery(left, column, scope);
    if (first.kind === "absent" && !byName) return ABSENT;
    const opposite = byName ? column : await this.#opposite(left, right, column, scope);
    const second =
      opposite === undefined
        ? lost(await this.#originsUnder(right, scope))
        : await this.#ofQuery(right, opposite, scope);
    const together =
      byName || (opposite === column && (await areStarsAlike(left, right, scope, this.#tables)));
    const carried = together ? bothIn(first, second) : inFront(query, column, first, second);
    if (carried !== undefined && !dependsOnColumnCount(query)) return carried;
    const origins = originsOf(first, second);
    if (origins.length === 0) return first;
    const alike = "origins" in first && "origins" in second;
    const oneType = alike && new Set(origins.map(({ type }) => type)).size === 1;
    return lost(oneType ? origins : origins.map((origin) => ({ ...origin, mixed: true })));
  }

  /** The column that takes the place of one of the other query. */
  async #opposite(left: SqlNode, right: SqlNode, column: string, scope: Scope): Promise<string | undefined> {
    const names = await findColumnNames(left, scope, this.#tables);
    const others = await findColumnNames(right, scope, this.#tables);
    return names === undefined ? undefined : others?.[names.indexOf(column)];
  }

  async #ofTable(
    table: SqlNode,
    column: string,
    qualifier: string | undefined,
    scope: Scope,
  ): Promise<FollowedColumn> {
    if (table["type"] === "JOIN") return this.#ofJoin(table, column, qualifier, scope);
    if (table["type"] === "EMPTY") return ABSENT;
    const name = nameIn(table, "table_name");
    const alias = nameIn(table, "alias");
    if (qualifier !== undefined && qualifier !== (alias === "" ? name : alias)) return ABSENT;
    if (countAliases(table) > 0) return lost(await this.#originsUnder(table, scope));
    if (table["type"] === "SUBQUERY") {
      const query = nodeIn(nodeIn(table, "subquery"), "node");
      return readByAnother(query, await this.#ofQuery(query, column, scope));
    }
    if (table["type"] === "TABLE_FUNCTION" || table["type"] === "EXPRESSION_LIST") return ABSENT;
    if (table["type"] !== "BASE_TABLE") return lost(await this.#originsUnder(table, scope));
    const qualified = nameIn(table, "schema_name") !== "";
    const cte = qualified ? undefined : scope.ctes.get(name);
    if (cte !== undefined) return this.#ofCte(cte, column);
    const answer = await this.inTable(name, column, scope.view);
    if (answer.kind !== "written") return answer;
    const at = Number(table["query_location"]);
    if (qualified || !Number.isSafeInteger(at)) return lost(answer.origins);
    const text = `${identifier(writtenTable(name))}${alias === "" ? ` AS ${identifier(name)}` : ""}`;
    return { ...answer, edits: [...answer.edits, { view: scope.view, at, place: "table", text }] };
  }

  async #ofCte({ query, renamed, once, scope }: Cte, column: string): Promise<FollowedColumn> {
    if (renamed) return lost(await this.#originsUnder(query, scope));
    const answer = readByAnother(query, await this.#ofQuery(query, column, scope));
    return answer.kind === "written" && !once ? lost(answer.origins) : answer;
  }

  async #ofJoin(
    join: SqlNode,
    column: string,
    qualifier: string | undefined,
    scope: Scope,
  ): Promise<FollowedColumn> {
    const left = await this.#ofTable(nodeIn(join, "left"), column, qualifier, scope);
    const oneSided = join["join_type"] === "SEMI" || join["join_type"] === "ANTI";
    const right = oneSided ? ABSENT : await this.#ofTable(nodeIn(join, "right"), column, qualifier, scope);
    // It would be by what was written, too.
    if (join["ref_type"] === "NATURAL") return lost(originsOf(left, right));
    if (left.kind === "absent") return right;
    if (right.kind === "absent") return left;
    // Both have it: the join is by it, and shows that of the left side, where there always is one.
    return join["join_type"] === "INNER" || join["join_type"] === "LEFT" ? left : oneOf([left, right]);
  }

  /** All that may be under a piece of SQL. */
  async #originsUnder(node: unknown, scope: Scope): Promise<readonly Origin[]> {
    if (Array.isArray(node)) {
      const all: Origin[] = [];
      for (const child of node) all.push(...(await this.#originsUnder(child, scope)));
      return all;
    }
    if (typeof node !== "object" || node === null) return [];
    const record = node as SqlNode;
    if (record["type"] !== "BASE_TABLE") return this.#originsUnder(Object.values(record), scope);
    const name = nameIn(record, "table_name");
    const cte = scope.ctes.get(name);
    if (cte !== undefined) return this.#originsUnder(cte.query, cte.scope);
    const view = await this.#tables.view(name, scope.view);
    return view === undefined ? this.#tables.originsIn(name) : this.#originsUnder(view.query, scopeOf(view));
  }
}
