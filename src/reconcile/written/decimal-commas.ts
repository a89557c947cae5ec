import type { ExportProgram } from "../../model/plan/program.js";
import { identifier } from "../../plugin/relation.js";
import { plainColumn } from "../../engine/user-sql/plain-column.js";
import { withSegmentsSql } from "../desired/desired-sql.js";
import type { Engine } from "../../engine/engine.js";
import type { ColumnFollower } from "./column-follower.js";
import { findColumn } from "./source-column.js";

/**
 * Places of numbers that come as text in which some value has a decimal comma,
 * while the config does not say what comes before decimals: `1.234` may be a
 * thousand there. Runs under the limits of people's SQL.
 */
export async function findDecimalCommas(
  engine: Engine,
  program: ExportProgram,
  follower: ColumnFollower,
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  const numbers = program.attributes.flatMap(({ type, decimal, sql }, place) =>
    type === "number" && decimal === undefined ? [{ place, sql }] : [],
  );
  if (numbers.length === 0) return found;
  for (const { view } of program.segments) {
    const of = `${identifier(view)} AS profile`;
    const described = await engine.outer.rows<{ column_type: string }>(
      `DESCRIBE ${withSegmentsSql(program)}SELECT ${numbers.map(({ sql }) => sql).join(", ")} FROM ${of}`,
    );
    for (const [index, { place, sql }] of numbers.entries()) {
      if (found.has(place) || described[index]?.column_type !== "VARCHAR") continue;
      const column = plainColumn(sql)?.column;
      const asItIs = column !== undefined && (await follower.inTable(view, column)).kind === "as it is";
      const sources = asItIs ? sourcesWith(engine, program, column) : [];
      const places =
        sources.length > 0 && column !== undefined
          ? sources.map((source) => `SELECT ${identifier(column)} AS number FROM ${identifier(source)}`)
          : [`${withSegmentsSql(program)}SELECT ${sql} AS number FROM ${of}`];
      for (const rows of places) if (await holdsComma(engine, rows)) found.add(place);
    }
  }
  return found;
}

/** What the column holds elsewhere says as much of how it is written as the rows of a segment. */
function sourcesWith(engine: Engine, { sources }: ExportProgram, column: string): string[] {
  return sources.filter((source) => findColumn(engine, { source, column }) !== undefined);
}

async function holdsComma(engine: Engine, rows: string): Promise<boolean> {
  const { holds } = await engine.outer.row<{ holds: boolean }>(
    `SELECT coalesce(bool_or(has_decimal_comma(CAST(number AS VARCHAR))), false) AS holds FROM (${rows})`,
  );
  return holds;
}
