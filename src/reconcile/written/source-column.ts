import type { ExportProgram } from "../../model/plan/program.js";
import type { Engine } from "../../engine/engine.js";
import { foldName } from "../../model/fold-name.js";
import type { ComparedColumn } from "../../engine/user-sql/compared-columns.js";
import { ColumnFollower, type KnownTables } from "./column-follower.js";
import type { FollowedColumn, Origin } from "./followed-column.js";
import { plainColumn } from "../../engine/user-sql/plain-column.js";
import { findTables } from "./program-tables.js";
import type { SegmentQuery } from "../../engine/user-sql/query-scope.js";
import type { TypedColumn, TypedSource } from "../../engine/load/typed-source.js";

/** A column of a source, as it was loaded. */
export interface SourceColumn {
  readonly source: TypedSource;
  readonly column: TypedColumn;
}

/** The column of that name in a source; undefined where it has none. */
export function findColumn(
  { typedSources }: Pick<Engine, "typedSources">,
  { source: name, column: named }: Pick<Origin, "source" | "column">,
): SourceColumn | undefined {
  const source = typedSources.get(foldName(name));
  const column = source?.columns.find((one) => foldName(one.name) === foldName(named));
  return source === undefined || column === undefined ? undefined : { source, column };
}

/** Finds the columns of sources that a program's SQL means. */
export class SourceColumns {
  readonly #engine: Engine;
  readonly #tables: KnownTables;
  readonly #follower: ColumnFollower;

  constructor(engine: Engine, program: ExportProgram) {
    this.#engine = engine;
    this.#tables = everyColumn(engine, findTables(engine, program));
    this.#follower = new ColumnFollower(this.#tables);
  }

  /** A segment of the program, or what it builds on. */
  segment(view: string): Promise<SegmentQuery | undefined> {
    return this.#tables.view(view, undefined);
  }

  /** Where the values of a piece of SQL over a segment come from, when it is a column; none where SQL computes them. */
  async of(view: string, sql: string): Promise<readonly SourceColumn[]> {
    const plain = plainColumn(sql);
    if (plain === undefined) return [];
    return this.#origins(await this.#follower.inTable(view, plain.column), plain.column);
  }

  /** The same of a column that is compared somewhere in the SQL of a segment. The innermost query that has it is meant. */
  async compared({ path, within }: ComparedColumn): Promise<readonly SourceColumn[]> {
    for (const { query, scope } of within) {
      const followed = await this.#follower.inExpression(query, path, scope);
      if (followed.kind !== "absent") return this.#origins(followed, foldName(path.at(-1) ?? ""));
    }
    return [];
  }

  #origins(followed: FollowedColumn, name: string): SourceColumn[] {
    if (!("origins" in followed)) return [];
    // Of what is lost on the way, anything may be an origin; its name tells.
    const origins = followed.origins.filter(({ column }) => followed.kind === "written" || column === name);
    return origins.flatMap((origin) => findColumn(this.#engine, origin) ?? []);
  }
}

/** Every column is followed as one that was given a type is. */
function everyColumn(engine: Engine, tables: KnownTables): KnownTables {
  const columnsOf = (source: string): readonly string[] =>
    engine.typedSources.get(foldName(source))?.columns.map(({ name }) => foldName(name)) ?? [];
  return {
    ...tables,
    typeIn: (source, column) => (columnsOf(source).includes(column) ? "ANY" : undefined),
    originsIn: (source) => columnsOf(source).map((column) => ({ source, column, type: "ANY" })),
  };
}
