import type { Problem } from "../config/diagnostics/problem.js";
import type { Engine } from "../engine/engine.js";
import type { SqlFault } from "../engine/user-sql/sql-fault.js";
import type { Config } from "../model/config/config.js";
import { findFault, type BindableSegment } from "./ask-segment.js";
import { SegmentBinder } from "./segments.js";
import type { OfferedColumns } from "./offer-columns.js";
import { piecesOfExport, pairWithExact, type SqlPiece } from "./sql-pieces.js";
import { problemOf } from "./problem-of.js";
import type { ParsedSql } from "./parse.js";

/** What does not fit the columns that there are; `exact` is the config with exact names. A segment is asked before what builds on it, so that each mistake is told once. */
export async function findBindingProblems(
  engine: Engine,
  config: Config,
  exact: Config,
  parsed: ParsedSql,
  offered: OfferedColumns,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const tell = (piece: SqlPiece, fault: SqlFault): void => void problems.push(problemOf(piece, fault));
  const segments = new SegmentBinder({ engine, config, exact, parsed, offered, tell });
  for (const name of config.segments.keys()) await segments.look(name);
  for (const wanted of config.exports.values()) {
    const rows: (BindableSegment | undefined)[] = [];
    for (const name of wanted.segments) rows.push(await segments.look(name));
    for (const piece of pairWithExact(
      piecesOfExport(wanted),
      piecesOfExport(exact.exports.get(wanted.name) ?? wanted),
    )) {
      if (parsed.unsound.has(piece.sql)) continue;
      for (const own of rows) {
        const fault = own && (await findFault(engine, own, piece));
        if (fault === undefined) continue;
        tell(piece, fault);
        break;
      }
    }
  }
  return problems;
}
