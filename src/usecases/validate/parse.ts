import { suggestion } from "../../config/nearest.js";
import type { Problem } from "../../config/problem.js";
import type { Engine } from "../../engine/engine.js";
import { SqlFault } from "../../engine/sql-fault.js";
import { checkExpression, checkOrder, checkSelect } from "../../engine/user-sql.js";
import type { Config } from "../../model/config.js";
import { Failure } from "../../model/failure.js";
import { maskAddresses } from "../../platform/mask-addresses.js";
import { isBareName, sqlOf, type Piece } from "./pieces.js";
import { problemOf } from "./problem-of.js";

/** What parsing tells. */
export interface Parsed {
  readonly problems: readonly Problem[];
  /** Tables that the rows of a segment come from, by the segment's name. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** Segments and sources whose own SQL is not sound. */
  readonly broken: ReadonlySet<string>;
  /** SQL that is not sound wherever it stands. */
  readonly unsound: ReadonlySet<string>;
}

/** Parses every piece of SQL of a config. */
export async function parseAll(engine: Engine, config: Config): Promise<Parsed> {
  const problems: Problem[] = [];
  const tables = new Map<string, readonly string[]>();
  const broken = new Set<string>();
  const unsound = new Set<string>();
  // Exports are often written alike.
  const known = new Map<string, readonly string[]>();
  for (const piece of sqlOf(config)) {
    const [section, name = ""] = piece.at.map(String);
    try {
      const key = `${piece.kind} ${piece.sql}`;
      const found = known.get(key) ?? (await tablesIn(engine, piece));
      known.set(key, found);
      if (section !== "segments" || (piece.kind !== "select" && piece.kind !== "condition")) continue;
      mustBeKnown(found, config);
      tables.set(name, found);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
      if (section !== "exports") broken.add(name);
      unsound.add(piece.sql);
      problems.push(problemOf(piece, error));
    }
  }
  return { problems, tables, broken, unsound };
}

async function tablesIn(engine: Engine, { sql, kind, file }: Piece): Promise<readonly string[]> {
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
    hint: suggestion(unknown, [...sources.keys(), ...segments.keys()], "source or segment"),
    name: unknown,
  });
}
