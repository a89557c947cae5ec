import { identifier } from "../plugin/relation.js";
import type { ExportProgram } from "../model/program.js";
import { withSegments } from "./desired-sql.js";
import { editedSql } from "./edited-sql.js";
import type { Engine } from "./engine.js";
import { orderedColumns, orderIn, orderQuery, type OrderedColumn } from "./ordered-columns.js";

/** So many rows rule most columns out before the engine looks at every row. */
const SAMPLE = 200;

/**
 * The program with its segments ordered by what their columns mean: text of
 * which every value is a time is ordered by those times. A column of a CSV is a
 * time by then; one of Parquet or a database stays text, because SQL that reads
 * it as text must go on working. Runs under the limits of people's SQL.
 */
export async function orderedByTimes(engine: Engine, program: ExportProgram): Promise<ExportProgram> {
  const segments: ExportProgram["segments"][number][] = [];
  for (const segment of program.segments) {
    const { view, orderBy } = segment;
    if (orderBy === undefined) {
      segments.push(segment);
      continue;
    }
    const times: OrderedColumn[] = [];
    for (const one of await orderedColumns(engine, orderBy))
      if (await holdsTimes(engine, program, view, one.column)) times.push(one);
    segments.push({ view, orderBy: withTimes(orderBy, times) });
  }
  return { ...program, segments };
}

/** An order is made and told of, and its values are looked at once. */
const looked = new WeakMap<ExportProgram, Map<string, Promise<boolean>>>();

/** Whether a column of a segment is text, and each of its values is a time. */
export function holdsTimes(
  engine: Engine,
  program: ExportProgram,
  view: string,
  column: string,
): Promise<boolean> {
  const own = looked.get(program) ?? new Map<string, Promise<boolean>>();
  looked.set(program, own);
  const place = JSON.stringify([view, column]);
  const known = own.get(place) ?? lookForTimes(engine, program, view, column);
  own.set(place, known);
  return known;
}

async function lookForTimes(
  engine: Engine,
  program: ExportProgram,
  view: string,
  column: string,
): Promise<boolean> {
  const rows = `FROM ${identifier(view)}`;
  const value = identifier(column);
  const [described] = await engine.outer.rows<{ column_type: string }>(
    `DESCRIBE ${withSegments(program)}SELECT ${value} ${rows}`,
  );
  if (described?.column_type !== "VARCHAR") return false;
  for (const limit of [` LIMIT ${SAMPLE}`, ""]) {
    const { times } = await engine.outer.row<{ times: boolean }>(
      `${withSegments(program)}SELECT coalesce(bool_and(timestamp_of(text) IS NOT NULL), false) AS times
       FROM (SELECT ${value} AS text ${rows} WHERE ${value} <> ''${limit})`,
    );
    if (!times) return false;
  }
  return true;
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
  return edited === undefined ? orderBy : orderIn(edited);
}
