import { suggestionFor } from "../config/diagnostics/nearest.js";
import type { Problem } from "../config/diagnostics/problem.js";
import type { Engine } from "../engine/engine.js";
import { SqlFault } from "../engine/user-sql/sql-fault.js";
import { checkExpression, checkOrder, checkSelect } from "../engine/user-sql/user-sql.js";
import type { Config } from "../model/config/config.js";
import { Failure } from "../model/failure.js";
import { maskAddresses } from "../platform/secrets/mask-addresses.js";
import { isBareName, rowPiecesOf, valuePiecesOf, type SqlPiece } from "./sql-pieces.js";
import { problemOf } from "./problem-of.js";

/** What parsing tells of the SQL that makes rows. */
export interface ParsedRows {
  readonly problems: readonly Problem[];
  /** Tables that the rows of a segment come from, by the segment's name. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** Segments and sources whose own SQL is not sound. */
  readonly broken: ReadonlySet<string>;
}

/** Parses what makes the rows of sources and segments. */
export async function parseRows(engine: Engine, config: Config): Promise<ParsedRows> {
  const problems: Problem[] = [];
  const tables = new Map<string, readonly string[]>();
  const broken = new Set<string>();
  for (const { name, from } of config.segments.values())
    if (from.kind === "where") tables.set(name, [from.source]);
  for (const piece of rowPiecesOf(config)) {
    const [section, name = ""] = piece.at.map(String);
    try {
      const found = await tablesIn(engine, piece);
      if (section !== "segments") continue;
      mustBeKnown(found, config);
      tables.set(name, [...(tables.get(name) ?? []), ...found]);
    } catch (error) {
      broken.add(name);
      problems.push(problemOf(piece, invalid(error)));
    }
  }
  return { problems, tables, broken };
}

/** What parsing tells of all the SQL of a config. */
export interface ParsedSql extends ParsedRows {
  /** SQL that is not sound wherever it stands. */
  readonly unsound: ReadonlySet<string>;
}

/** Parses all other SQL. `exact` is the config with exact names. */
export async function parseValues(
  engine: Engine,
  config: Config,
  exact: Config,
  rows: ParsedRows,
): Promise<ParsedSql> {
  const problems = [...rows.problems];
  const broken = new Set(rows.broken);
  const unsound = new Set<string>();
  // Exports are often written alike.
  const sound = new Set<string>();
  for (const piece of valuePiecesOf(config, exact)) {
    const [section, name = ""] = piece.at.map(String);
    const key = `${piece.kind} ${piece.exact ?? piece.sql}`;
    if (sound.has(key)) continue;
    try {
      await tablesIn(engine, piece);
      sound.add(key);
    } catch (error) {
      if (section === "segments") broken.add(name);
      unsound.add(piece.sql);
      problems.push(problemOf(piece, invalid(error)));
    }
  }
  return { problems, tables: rows.tables, broken, unsound };
}

/** What is wrong with SQL itself; everything else is thrown on. */
function invalid(error: unknown): Failure {
  if (error instanceof Failure && error.kind !== "interrupted") return error;
  throw error;
}

async function tablesIn(
  engine: Engine,
  { sql: written, exact: sql = written, kind, file }: SqlPiece,
): Promise<readonly string[]> {
  if (kind === "value" && isBareName(sql)) return [];
  if (kind === "order") {
    await checkOrder(engine, sql);
    return [];
  }
  const { tables } = await (kind === "select"
    ? checkSelect(engine, sql, file)
    : checkExpression(engine, sql));
  if (kind === "value" && tables.length > 0) throw new SqlFault("The SQL may not select from tables.");
  return tables;
}

function mustBeKnown(tables: readonly string[], { sources, segments }: Config): void {
  const unknown = tables.find((table) => !sources.has(table) && !segments.has(table));
  if (unknown === undefined) return;
  throw new SqlFault(`There is no source or segment "${maskAddresses(unknown)}".`, {
    hint: suggestionFor(unknown, [...sources.keys(), ...segments.keys()], "source or segment"),
    name: unknown,
  });
}
