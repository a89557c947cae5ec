import type { CompiledSegments } from "../reconcile/compile/compile-segments.js";
import { columnOrExpressionSql } from "../reconcile/compile/expression.js";
import { withSegmentsSql } from "../reconcile/desired/desired-sql.js";
import type { Engine } from "../engine/engine.js";
import { foldName } from "../model/fold-name.js";
import { SqlFault } from "../engine/user-sql/sql-fault.js";
import { checkSize } from "../engine/user-sql/user-sql.js";
import { Failure } from "../model/failure.js";
import type { Segment } from "../model/config/segment.js";
import { identifier } from "../plugin/relation.js";
import { isBareName, type SqlPiece } from "./sql-pieces.js";

/** A segment all of whose sources can be looked at. */
export interface BindableSegment {
  readonly compiled: CompiledSegments;
  /** Some of its columns are known by name only. */
  readonly untyped: boolean;
  /** Names of its columns, upper and lower case being the same. */
  readonly columns: ReadonlySet<string>;
  /** What came of pieces that were asked before. */
  readonly asked: Map<string, SqlFault | undefined>;
  readonly segment: Segment;
}

/** The columns of a segment, or what is wrong with what makes its rows; none where that takes types to tell. */
export async function findColumns(engine: Engine, own: OwnSegment): Promise<ReadonlySet<string> | SqlFault> {
  let columns: ReadonlySet<string> = new Set();
  const fault = await askEngine(engine, own, `SELECT * FROM ${identifier(own.segment.name)}`, async (sql) => {
    const found = await engine.outer.rows<{ column_name: string }>(`DESCRIBE ${sql}`);
    columns = new Set(found.map(({ column_name: name }) => foldName(name)));
  });
  return fault ?? columns;
}

type OwnSegment = Omit<BindableSegment, "columns" | "asked">;

/** What is wrong with a piece over the columns of a segment. */
export async function findFault(
  engine: Engine,
  own: BindableSegment,
  piece: SqlPiece,
): Promise<SqlFault | undefined> {
  const { sql: written, exact: sql = written, kind } = piece;
  const isName = kind === "column" || isBareName(sql);
  if (isName && own.columns.has(foldName(sql))) return undefined;
  const key = `${kind} ${sql}`;
  if (!own.asked.has(key)) {
    const rows = `${asking(piece)} FROM ${identifier(own.segment.name)} AS profile`;
    own.asked.set(key, await askEngine(engine, own, rows, (sql) => engine.outer.run(`${sql} LIMIT 0`)));
  }
  return own.asked.get(key);
}

async function askEngine(
  engine: Engine,
  { segment, compiled, untyped }: OwnSegment,
  rows: string,
  ask: (sql: string) => Promise<void>,
): Promise<SqlFault | undefined> {
  const what = `Segment "${segment.name}"`;
  const sql = `${withSegmentsSql(compiled)}${rows}`;
  try {
    await checkSize(engine, sql, what);
    await engine.outer.underLimits(what, () => ask(sql));
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    // What the rows themselves bring about is the business of `plan`.
    return error instanceof SqlFault && !(error.dependsOnTypes && untyped) ? error : undefined;
  }
}

function asking({ kind, sql: written, exact: sql = written }: SqlPiece): string {
  switch (kind) {
    case "order":
      return `SELECT rank() OVER (ORDER BY ${sql}\n)`;
    case "column":
      return `SELECT ${identifier(sql)}`;
    default:
      return `SELECT ${columnOrExpressionSql(sql)}`;
  }
}
