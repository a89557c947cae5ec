import { foldName } from "../../model/fold-name.js";
import { counted } from "../../model/words/counted.js";
import { basename } from "node:path";
import { namesMayBeValues, type Source, type SourceQuery } from "../../model/config/source.js";
import { Failure } from "../../model/failure.js";
import { shownPath } from "../../platform/files/file-fault.js";
import { identifier, literal } from "../../plugin/relation.js";
import { FileFailure, type Completeness, type SourceRead, type SourceRelation } from "../../plugin/source.js";
import type { Engine } from "../engine.js";
import { readingOf } from "./reading.js";
import { checkSelect } from "../user-sql/user-sql.js";
import { findTypedColumns } from "./column-types.js";
import { writtenColumn, writtenTable, type SourceRows, type TypedColumn } from "./typed-source.js";

const MOST_NAMED = 3;

/** A source as it was read. */
export interface LoadedSource extends Completeness {
  readonly rows: number;
  readonly columns: number;
  readonly seconds: number;
}

/**
 * Takes one consistent snapshot of a source into the run folder and offers it
 * as a view by the source's name. Throws when the source is not complete.
 */
export async function loadSource(engine: Engine, source: Source, read: SourceRead): Promise<LoadedSource> {
  try {
    return await load(engine, source, read);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const prefix = `Source "${source.name}"`;
    throw error.message.startsWith(prefix)
      ? error
      : new Failure(error.kind, `${prefix}: ${error.message}`, {
          ...(error.hint === undefined ? {} : { hint: error.hint }),
          cause: error,
        });
  }
}

async function load(engine: Engine, source: Source, read: SourceRead): Promise<LoadedSource> {
  const { outer } = engine;
  const started = performance.now();
  const snapshot = engine.outerPath(`source-${Buffer.from(source.name).toString("hex")}.parquet`);
  const what = `Source "${source.name}"`;
  const query = source.kind.queryOf(source);
  let rows: number;
  let relation: SourceRelation | undefined;
  try {
    for (const statement of read.attach) await outer.run(statement);
    try {
      if (query !== undefined) await checkTables(engine, query);
      const { withFiles, files } = (relation = await outer.readUnderLimits(what, () =>
        read.relation(readingOf(engine, source, read.signal)),
      ));
      const write = (): Promise<number> =>
        outer.writeParquet(withFiles, snapshot, { inOrder: files.length > 0 });
      // A database has SQL of people in it, and be it in a view.
      rows = await (query === undefined
        ? outer.readUnderLimits(what, write)
        : outer.underLimits(what, write));
    } finally {
      for (const statement of read.detach) await outer.run(statement);
    }
  } catch (error) {
    throw await explainLoadError(engine, source, read, relation?.alone ?? [], error);
  }
  outer.rememberRepeated(relation.repeated, source.name);
  const completeness = await read.seal(rows);
  if (source.minimumRows !== undefined && rows < source.minimumRows) {
    throw new Failure(
      "refused",
      `it has ${counted(rows, "row")}, fewer than its minimumRows of ${source.minimumRows}.`,
      {
        hint: "Check that the data is complete, or lower minimumRows.",
      },
    );
  }
  const stored = { snapshot, files: relation.files };
  const columns = await findTypedColumns(outer, stored, source, {
    untyped: read.untyped,
    stated: relation.types ?? {},
  });
  await offerTable(engine, source, stored, columns);
  const seconds = (performance.now() - started) / 1000;
  return { ...completeness, rows, columns: columns.length, seconds };
}

/** The view that people's SQL sees, and beside it, where some column needs it, one that has what was written, too. */
async function offerTable(
  engine: Engine,
  source: Source,
  rows: SourceRows,
  columns: readonly TypedColumn[],
): Promise<void> {
  const { name } = source;
  const retyped = columns.filter(({ written }) => written !== undefined);
  engine.typedSources.set(foldName(name), {
    name,
    columns,
    retyped: new Map(retyped.map((column) => [foldName(column.name), column.type ?? ""])),
    rows,
    untold: namesMayBeValues(source),
  });
  const from = `FROM read_parquet(${literal(rows.snapshot)})`;
  const items = columns.map(({ name: column, sql }) => `${sql} AS ${identifier(column)}`);
  await engine.outer.run(`CREATE VIEW ${identifier(name)} AS SELECT ${items.join(", ")} ${from}`);
  if (retyped.length === 0) return;
  const written = retyped.map(
    ({ name: column, written: text }) => `${text} AS ${identifier(writtenColumn(column))}`,
  );
  await engine.outer.run(
    `CREATE VIEW ${identifier(writtenTable(name))} AS SELECT ${[...items, ...written].join(", ")} ${from}`,
  );
}

/** What is wrong with a file says more than what the engine stumbled over; that is told with the names of the files. */
async function explainLoadError(
  engine: Engine,
  source: Source,
  read: SourceRead,
  alone: SourceRelation["alone"],
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof Failure) || (error.kind !== "permanent" && error.kind !== "invalid")) return error;
  const what = `Source "${source.name}"`;
  if (error.message.startsWith(what)) return error;
  try {
    await read.examine();
  } catch (found) {
    return found;
  }
  const culprit =
    error instanceof FileFailure
      ? { path: error.path, failure: error }
      : await findCulprit(engine, what, alone);
  const { kind, message, hint } = culprit?.failure ?? error;
  const files = culprit === undefined ? filesOf(source, read) : [culprit.path];
  const names = files.slice(0, MOST_NAMED).map((path) => shownPath(basename(path)));
  const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : "";
  const where = names.length === 0 ? "" : ` (${names.join(", ")}${more})`;
  return new Failure(kind, `${what}${where}: ${message}`, {
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

/** As a person called a database; beside it lies what was written last. */
function filesOf(source: Source, read: SourceRead): readonly string[] {
  if (source.kind.queryOf(source) === undefined) return read.files;
  return source.kind.pathsOf(source).map(({ path }) => path);
}

/** The first file that cannot be read alone, and why. */
async function findCulprit(
  { outer }: Engine,
  what: string,
  alone: SourceRelation["alone"],
): Promise<{ path: string; failure: Failure } | undefined> {
  for (const { path, sql, fault } of alone) {
    try {
      await outer.readUnderLimits(what, () => outer.run(sql));
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
      return { path, failure: (await fault?.()) ?? error };
    }
  }
  return undefined;
}

/** The query runs before the engine is locked, so it may only name tables of the database, which is the current one. */
async function checkTables(engine: Engine, query: SourceQuery): Promise<void> {
  const named =
    "sql" in query ? (await checkSelect(engine, query.sql)).tables : [query.table.split(".").at(-1) ?? ""];
  const rows = await engine.outer.rows<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.tables WHERE table_catalog = current_database() ORDER BY name`,
  );
  const present = new Set(rows.map(({ name }) => foldName(name)));
  const missing = named.find((name) => !present.has(foldName(name)));
  if (missing === undefined) return;
  const told = engine.outer.told(rows.map(({ name }) => name));
  const hint = told.length === 0 ? undefined : `Its tables are ${told.join(", ")}.`;
  throw new Failure(
    "invalid",
    `there is no table "${missing}" in the database.`,
    hint === undefined ? {} : { hint },
  );
}
