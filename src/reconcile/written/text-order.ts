import { identifier, literal } from "../../plugin/relation.js";
import { shownName } from "../../model/words/column-name.js";
import { foldName } from "../../model/fold-name.js";
import type { Fitting } from "../../model/words/declaration-text.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { findComparedColumns, type ComparedColumn } from "../../engine/user-sql/compared-columns.js";
import { attributePart, CONSENT_PART, withSegmentsSql } from "../desired/desired-sql.js";
import type { Engine } from "../../engine/engine.js";
import { findFittingDeclarations } from "../../engine/load/fitting-declaration.js";
import { findOrderedColumns, findOrderKeys } from "../../engine/user-sql/ordered-columns.js";
import { plainColumn } from "../../engine/user-sql/plain-column.js";
import { scopeOf } from "../../engine/user-sql/query-scope.js";
import { SourceColumns, type SourceColumn } from "./source-column.js";
import { listIn } from "../../engine/user-sql/sql-node.js";
import { findTextAlike, type TextAlike } from "./text-alike.js";
import type { TypedColumn } from "../../engine/load/typed-source.js";
import { findTextTimes } from "./text-times.js";
import { runUserQuery } from "../desired/user-query.js";
import { parseSelect } from "../../engine/user-sql/user-sql.js";

/** A column of text whose values SQL puts in an order, although most of it looks like something that has another one. */
export interface TextOrder extends Pick<TextAlike, "like" | "alike" | "values"> {
  readonly kind: "ordered" | "compared";
  /** The segment, or what else of the export has the SQL. */
  readonly where: string;
  /** As the config writes it. */
  readonly column: string;
  /** What `columns` could say of it; undefined where nothing fits each of its values, or nobody knows where it comes from. */
  readonly fitting: Fitting | undefined;
}

/** It is a warning: so many columns of one place are looked at, and so many are told. */
const [MOST_LOOKED_AT, MOST_TOLD] = [40, 5];

/** Such columns: first those that a segment is ordered by, of each segment one; then those that its SQL compares. */
export async function findTextOrders(engine: Engine, program: ExportProgram): Promise<TextOrder[]> {
  const sources = new SourceColumns(engine, program);
  return [
    ...(await findOrderedSegments(engine, program, sources)),
    ...(await findComparedInSegments(engine, program, sources)),
    ...(await findComparedInParts(engine, program, sources)),
  ];
}

async function findOrderedSegments(
  engine: Engine,
  program: ExportProgram,
  sources: SourceColumns,
): Promise<TextOrder[]> {
  const found: TextOrder[] = [];
  for (const { view, orderBy } of program.segments) {
    if (orderBy === undefined) continue;
    const columns = await findOrderedColumns(engine, orderBy);
    for (const { column } of columns.slice(0, MOST_LOOKED_AT)) {
      const alike = await findAlikeInView(engine, program, view, column);
      if (alike === undefined) continue;
      // Where each of them is a time, the segment is ordered by those.
      if (
        await runUserQuery(engine, program, [view], async () =>
          (await findTextTimes(engine, program, view, columns)).has(column),
        )
      )
        continue;
      const from = await sources.of(view, identifier(column));
      found.push(
        await describeOrder(engine, { kind: "ordered", where: `Segment "${view}"`, column }, alike, from),
      );
      break;
    }
  }
  return found;
}

async function findComparedInSegments(
  engine: Engine,
  { views }: ExportProgram,
  sources: SourceColumns,
): Promise<TextOrder[]> {
  const found: TextOrder[] = [];
  for (const { name } of views) {
    const segment = await sources.segment(name);
    const compared = segment === undefined ? [] : findComparedColumns(segment.query, scopeOf(segment));
    const where = `Segment "${name}"`;
    found.push(...(await findAmongCompared(engine, where, compared, (one) => sources.compared(one))));
  }
  return found;
}

/** What an export says over the rows of its segments. */
async function findComparedInParts(
  engine: Engine,
  program: ExportProgram,
  sources: SourceColumns,
): Promise<TextOrder[]> {
  const parts = await partsOf(engine, program);
  const found = new Map<string, TextOrder>();
  for (const { view, orderBy } of program.segments) {
    const keys = orderBy === undefined ? [] : await findOrderKeys(engine, orderBy);
    const own = [{ part: `Segment "${view}", orderBy`, node: keys }, ...parts];
    for (const { part, node } of own) {
      const compared = findComparedColumns(node, { view, ctes: new Map() });
      const of = (one: ComparedColumn): Promise<readonly SourceColumn[]> =>
        one.within.length === 0 ? sources.of(view, identifier(one.path.at(-1) ?? "")) : sources.compared(one);
      for (const order of await findAmongCompared(engine, part, compared, of))
        found.set(`${part} ${order.column}`, order);
    }
  }
  return [...found.values()];
}

/** Expressions of an export, of which a column alone compares nothing. They are parsed at once. */
async function partsOf(
  engine: Engine,
  { attributes, consent }: ExportProgram,
): Promise<{ readonly part: string; readonly node: unknown }[]> {
  const parts = [
    ...(consent === undefined ? [] : [{ part: CONSENT_PART, sql: consent }]),
    ...attributes.map(({ name, sql }) => ({ part: attributePart(name), sql })),
  ].filter(({ sql }) => plainColumn(sql) === undefined);
  if (parts.length === 0) return [];
  const node = await parseSelect(engine, `SELECT ${parts.map(({ sql }) => `(${sql}\n)`).join(", ")}`);
  const items = listIn(node, "select_list");
  return parts.map(({ part }, index) => ({ part, node: items[index] }));
}

async function findAmongCompared(
  engine: Engine,
  where: string,
  compared: readonly ComparedColumn[],
  sourcesOf: (one: ComparedColumn) => Promise<readonly SourceColumn[]>,
): Promise<TextOrder[]> {
  const found = new Map<string, TextOrder>();
  for (const one of compared.slice(0, MOST_LOOKED_AT)) {
    if (found.size === MOST_TOLD) break;
    const column = one.path.at(-1) ?? "";
    if (found.has(foldName(column))) continue;
    for (const from of await sourcesOf(one)) {
      const alike = await findAlikeInSource(engine, from);
      // Who casts what the engine reads as well as we do has said what is meant.
      if (alike === undefined || (one.cast && alike.odd === 0)) continue;
      found.set(
        foldName(column),
        await describeOrder(engine, { kind: "compared", where, column }, alike, [from]),
      );
      break;
    }
  }
  return [...found.values()];
}

async function describeOrder(
  engine: Engine,
  order: Pick<TextOrder, "kind" | "where" | "column">,
  { like, alike, values }: TextAlike,
  [from]: readonly SourceColumn[],
): Promise<TextOrder> {
  const fitting = from && (await fittingOf(engine, from, like));
  return { ...order, column: shownName(order.column), like, alike, values, fitting };
}

/** A config that nobody has reviewed could ask in this way how values are written. */
async function fittingOf(
  { outer }: Engine,
  { source, column }: SourceColumn,
  like: TextAlike["like"],
): Promise<Fitting | undefined> {
  const [name] = outer.told([column.name]);
  if (!outer.tellsHeaders || name === undefined) return undefined;
  const text = { snapshot: source.rows.snapshot, sql: column.sql };
  const declarations = await findFittingDeclarations(outer, text, like);
  return declarations.length === 0
    ? undefined
    : { source: source.name, column: shownName(name), declarations };
}

async function findAlikeInView(
  engine: Engine,
  program: ExportProgram,
  view: string,
  column: string,
): Promise<TextAlike | undefined> {
  return runUserQuery(engine, program, [view], () =>
    findTextAlike(
      engine.outer,
      `SELECT ${textOnly(identifier(column))} AS text FROM ${identifier(view)}`,
      withSegmentsSql(program),
    ),
  );
}

/** Several exports compare a column, and its values are looked at once. */
const looked = new WeakMap<TypedColumn, Promise<TextAlike | undefined>>();

function findAlikeInSource(
  { outer }: Engine,
  { source, column }: SourceColumn,
): Promise<TextAlike | undefined> {
  if (column.type !== undefined && column.type !== "VARCHAR") return Promise.resolve(undefined);
  const known =
    looked.get(column) ??
    findTextAlike(
      outer,
      `SELECT ${textOnly(column.sql)} AS text FROM read_parquet(${literal(source.rows.snapshot)})`,
    );
  looked.set(column, known);
  return known;
}

function textOnly(value: string): string {
  return `CASE WHEN typeof(${value}) = 'VARCHAR' THEN CAST(${value} AS VARCHAR) END`;
}
