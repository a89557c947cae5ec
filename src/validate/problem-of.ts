import type { Problem } from "../config/diagnostics/problem.js";
import { findName } from "../engine/user-sql/names.js";
import { SqlFault, type Stretch } from "../engine/user-sql/sql-fault.js";
import type { Failure } from "../model/failure.js";
import type { SqlPiece } from "./sql-pieces.js";

/** What is wrong with a piece of SQL, at its line and column. */
export function problemOf(piece: SqlPiece, failure: Failure): Problem {
  const { at, sql, file } = piece;
  const stretch = stretchOf(sql, failure);
  return {
    severity: "error",
    code: "wrong-sql",
    message: failure.message,
    hint: failure.hint,
    at,
    ...(file === undefined
      ? stretch && { within: { text: sql, ...stretch } }
      : { inFile: { path: file, ...lineAndColumn(sql, stretch?.start ?? 0) } }),
  };
}

function stretchOf(sql: string, failure: Failure): Stretch | undefined {
  if (!(failure instanceof SqlFault)) return undefined;
  if (failure.stretch !== undefined) return failure.stretch;
  return failure.named === undefined
    ? undefined
    : (findName(sql, failure.named) ?? asItStands(sql, failure.named));
}

/** A name with spaces or hyphens, which is not a word of SQL. */
function asItStands(text: string, name: string): Stretch | undefined {
  const start = text.indexOf(name);
  return start < 0 ? undefined : { start, end: start + name.length };
}

function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") };
}
