import { identifier } from "../../plugin/relation.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { withSegmentsSql } from "../desired/desired-sql.js";
import { editedSql } from "./edited-sql.js";
import type { Engine } from "../../engine/engine.js";
import {
  findOrderedColumns,
  orderOfQuery,
  orderQuery,
  type OrderedColumn,
} from "../../engine/user-sql/ordered-columns.js";

/** So many rows rule most columns out before the engine looks at every row. */
const SAMPLE = 200;

/**
 * The program with its segments ordered by what their columns mean: text of
 * which every value is a time is ordered by those times. A column of a CSV is a
 * time by then; one of Parquet or a database stays text, because SQL that reads
 * it as text must go on working. Runs under the limits of people's SQL.
 */
export async function orderByTimes(engine: Engine, program: ExportProgram): Promise<ExportProgram> {
  const segments: ExportProgram["segments"][number][] = [];
  for (const segment of program.segments) {
    const { view, orderBy } = segment;
    if (orderBy === undefined) {
      segments.push(segment);
      continue;
    }
    const columns = await findOrderedColumns(engine, orderBy);
    const times = await findTextTimes(engine, program, view, columns);
    const edited = columns.filter(({ column }) => times.has(column));
    segments.push({ view, orderBy: withTimes(orderBy, edited) });
  }
  return { ...program, segments };
}

/** An order is made and told of, and its values are looked at once. */
const looked = new WeakMap<ExportProgram, Map<string, Promise<ReadonlySet<string>>>>();

/** Those of the columns by which a segment is ordered that are text, and each value of which is a time. */
export function findTextTimes(
  engine: Engine,
  program: ExportProgram,
  view: string,
  columns: readonly OrderedColumn[],
): Promise<ReadonlySet<string>> {
  const own = looked.get(program) ?? new Map<string, Promise<ReadonlySet<string>>>();
  looked.set(program, own);
  const names = [...new Set(columns.map(({ column }) => column))];
  const known = own.get(view) ?? lookForTimes(engine, program, view, names);
  own.set(view, known);
  return known;
}

async function lookForTimes(
  engine: Engine,
  program: ExportProgram,
  view: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const before = withSegmentsSql(program);
  const from = (columns: readonly string[]): string =>
    `FROM (SELECT ${columns.map((name, index) => `${identifier(name)} AS t${index}`).join(", ")} FROM ${identifier(view)}`;
  const types = await engine.outer.rows<{ column_type: string }>(
    `DESCRIBE ${before}SELECT * ${from(names)})`,
  );
  let times = names.filter((_, index) => types[index]?.column_type === "VARCHAR");
  for (const { limit, unknown } of [
    { limit: ` LIMIT ${SAMPLE}`, unknown: true },
    { limit: "", unknown: false },
  ]) {
    if (times.length === 0) break;
    const items = times.map(
      (_, index) =>
        `coalesce(bool_and(timestamp_of(t${index}) IS NOT NULL) FILTER (t${index} <> ''), ${unknown}) AS t${index}`,
    );
    const row = await engine.outer.row<Record<string, boolean>>(
      `${before}SELECT ${items.join(", ")} ${from(times)}${limit})`,
    );
    times = times.filter((_, index) => row[`t${index}`] === true);
  }
  return new Set(times);
}

function withTimes(orderBy: string, times: readonly OrderedColumn[]): string {
  if (times.length === 0) return orderBy;
  const edits = times.map(({ column, at }) => ({
    view: "",
    at,
    place: "table" as const,
    text: `timestamp_of(${identifier(column)})`,
  }));
  const edited = editedSql(orderQuery(orderBy), edits);
  return edited === undefined ? orderBy : orderOfQuery(edited);
}
