import type { Path } from "../config/diagnostics/problem.js";
import { columnOrExpressionSql } from "../reconcile/compile/expression.js";
import type { Config } from "../model/config/config.js";
import type { Export } from "../model/config/export.js";
import type { Segment } from "../model/config/segment.js";
import type { Source } from "../model/config/source.js";
import { identifier } from "../plugin/relation.js";

/** A piece of SQL that somebody wrote, or the name of a column, with its place in the config. */
export interface SqlPiece {
  readonly at: Path;
  /** As it was written. */
  readonly sql: string;
  /**
   * `select`: one SELECT. `condition`: an expression that may hold subqueries. `value`: of the columns of one
   * row. `order`: what may be in ORDER BY. `column`: a name and no SQL.
   */
  readonly kind: "select" | "condition" | "value" | "order" | "column";
  /** What it is as SQL, where it is the name of a column that has to be quoted there. */
  readonly exact?: string;
  /** Where it stands when the config only names it. */
  readonly file?: string | undefined;
}

/** The name of a column, which may stand wherever a value may. */
export function isBareName(sql: string): boolean {
  return columnOrExpressionSql(sql) === identifier(sql);
}

/** Pieces as they are written, each with what it is as SQL by the same pieces with exact names. */
export function pairWithExact(written: readonly SqlPiece[], exact: readonly SqlPiece[]): SqlPiece[] {
  return written.map((piece, index) => {
    const sql = exact[index]?.sql ?? piece.sql;
    return sql === piece.sql ? piece : { ...piece, exact: sql };
  });
}

/** What makes the rows of a segment; undefined where its source alone does. */
export function rowPieceOf({ name, from }: Segment): SqlPiece | undefined {
  const at = ["segments", name];
  if (from.kind === "sql")
    return {
      at: [...at, from.file === undefined ? "sql" : "sqlFile"],
      sql: from.sql,
      kind: "select",
      file: from.file,
    };
  if (from.kind === "where" && from.where !== undefined)
    return { at: [...at, "where"], sql: from.where, kind: "condition" };
  return undefined;
}

/** What a segment says of its own rows. */
export function piecesOfRows({ name, email, orderBy }: Segment): SqlPiece[] {
  const at = ["segments", name];
  return [
    ...(email === undefined ? [] : [{ at: [...at, "email"], sql: email, kind: "value" } as const]),
    ...(orderBy === undefined ? [] : [{ at: [...at, "orderBy"], sql: orderBy, kind: "order" } as const]),
  ];
}

/** What an export takes from each row of its segments. */
export function piecesOfExport({ name, match, consent, attributes }: Export): SqlPiece[] {
  const at = ["exports", name];
  const pieces: SqlPiece[] = [{ at: [...at, "match", "email"], sql: match.email, kind: "value" }];
  if (match.id !== undefined) pieces.push({ at: [...at, "match", "id"], sql: match.id, kind: "value" });
  if (typeof consent === "string") pieces.push({ at: [...at, "consent"], sql: consent, kind: "value" });
  else if (consent !== undefined)
    pieces.push({ at: [...at, "consent", "column"], sql: consent.column, kind: "column" });
  for (const { name: field, value, phone } of attributes) {
    const place = [...at, "attributes", field];
    if ("sql" in value) pieces.push({ at: [...place, "sql"], sql: value.sql, kind: "value" });
    if ("column" in value) pieces.push({ at: place, sql: value.column, kind: "column" });
    if (phone?.countryColumn !== undefined)
      pieces.push({ at: [...place, "countryColumn"], sql: phone.countryColumn, kind: "column" });
  }
  return pieces;
}

/** The SQL that people wrote for a source to ask its database. */
export function pieceOfSource(source: Source): SqlPiece | undefined {
  const query = source.kind.queryOf(source);
  if (query === undefined || !("sql" in query)) return undefined;
  return { at: ["sources", source.name, "sql"], sql: query.sql, kind: "select" };
}

/** Every piece of a config that makes rows: it is SQL and no name of a column. */
export function rowPiecesOf({ segments, sources }: Config): SqlPiece[] {
  return [
    ...[...sources.values()].flatMap((source) => pieceOfSource(source) ?? []),
    ...[...segments.values()].flatMap((segment) => rowPieceOf(segment) ?? []),
  ];
}

/** Every other piece that may be SQL. `exact` is the config with exact names. */
export function valuePiecesOf({ segments, exports }: Config, exact: Config): SqlPiece[] {
  const all = [
    ...[...segments].flatMap(([name, segment]) =>
      pairWithExact(piecesOfRows(segment), piecesOfRows(exact.segments.get(name) ?? segment)),
    ),
    ...[...exports].flatMap(([name, wanted]) =>
      pairWithExact(piecesOfExport(wanted), piecesOfExport(exact.exports.get(name) ?? wanted)),
    ),
  ];
  return all.filter(({ kind }) => kind !== "column");
}
