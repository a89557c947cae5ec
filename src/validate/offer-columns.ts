import { stat } from "node:fs/promises";
import type { Problem } from "../config/diagnostics/problem.js";
import { addressesView } from "../reconcile/compile/compile-segments.js";
import type { Engine } from "../engine/engine.js";
import { explainLackingColumn } from "../engine/user-sql/names.js";
import { readingOf } from "../engine/load/reading.js";
import { SqlFault } from "../engine/user-sql/sql-fault.js";
import { declaredType } from "../engine/load/column-types.js";
import type { Config } from "../model/config/config.js";
import { unlessFailed } from "../model/unless-failed.js";
import type { Source } from "../model/config/source.js";
import { identifier } from "../plugin/relation.js";
import type { SourceRead } from "../plugin/source.js";
import { withShared } from "../run/shared.js";
import { openSource, sourceByEngineName } from "../run/sources.js";
import { pieceOfSource } from "./sql-pieces.js";
import { problemOf } from "./problem-of.js";

/** What the columns of the sources say about SQL. */
export interface OfferedColumns {
  /** By engine name; sources that cannot be looked at are missing. */
  readonly sources: ReadonlyMap<string, OfferedSource>;
  readonly problems: readonly Problem[];
}

interface OfferedSource {
  readonly names: readonly string[];
  /** Whether the types of all columns are known. */
  readonly typed: boolean;
}

/** JSON Lines have no header: their columns are known once all is read. */
const MOST_BYTES = 20_000_000;

/**
 * Offers every source that is there as a view of its columns without a row. What
 * is not there, or damaged, is the business of `plan`.
 */
export async function offerColumns(
  engine: Engine,
  config: Config,
  broken: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<OfferedColumns> {
  const opened: { source: Source; read: SourceRead }[] = [];
  const names = [
    ...config.sources.keys(),
    ...[...config.segments.values()].flatMap(({ name, from }) =>
      from.kind === "addresses" ? [addressesView(name)] : [],
    ),
  ];
  for (const name of names) {
    if (broken.has(name)) continue;
    const source = sourceByEngineName(config, name);
    // Whoever validates need not have keys, and nobody is asked; a module may read all that it has to say its columns.
    if (!source.kind.readsProject) continue;
    const read = await unlessFailed(() =>
      withShared((shared) => openSource(config, source, { shared, signal })),
    );
    if (read !== undefined && (await isLookedAt(read))) opened.push({ source, read });
  }
  await engine.lockDown(opened.flatMap(({ read }) => read.files));
  const sources = new Map<string, OfferedSource>();
  const problems: Problem[] = [];
  for (const { source, read } of opened) {
    const columns = await unlessFailed(
      () => columnsOf(engine, source, read),
      (failure) => {
        const piece = pieceOfSource(source);
        if (failure instanceof SqlFault && piece !== undefined) problems.push(problemOf(piece, failure));
      },
    );
    if (columns === undefined) continue;
    problems.push(...undeclared(engine, source, columns));
    const typed = columns.map((column) => ({ ...column, type: typeOf(column, source, read) }));
    const list = typed.map(
      ({ name, type }) => `${type === undefined ? "NULL" : `CAST(NULL AS ${type})`} AS ${identifier(name)}`,
    );
    const view = `CREATE VIEW ${identifier(source.name)} AS SELECT ${list.join(", ")} WHERE false`;
    const made = await unlessFailed(async () => {
      await engine.outer.run(view);
      return true;
    });
    if (made === undefined) continue;
    const names = columns.map(({ name }) => name);
    sources.set(source.name, { names, typed: typed.every(({ type }) => type !== undefined) });
  }
  return { sources, problems };
}

interface Column {
  readonly name: string;
  readonly type: string;
}

async function columnsOf(engine: Engine, source: Source, read: SourceRead): Promise<Column[]> {
  const { outer } = engine;
  const describe = async (): Promise<{ column_name: string; column_type: string }[]> => {
    const { sql, repeated } = await read.relation(readingOf(engine, source, read.signal));
    outer.rememberRepeated(repeated, source.name);
    return outer.rows(`DESCRIBE ${sql}`);
  };
  const what = `Source "${source.name}"`;
  try {
    for (const statement of read.attach) await outer.run(statement);
    const found = await (source.kind.queryOf(source) === undefined
      ? outer.readUnderLimits(what, describe)
      : outer.underLimits(what, describe));
    return found.map(({ column_name: name, column_type: type }) => ({ name, type }));
  } finally {
    for (const statement of read.detach) await outer.run(statement);
  }
}

/** Undefined where only all of the rows tell: that of text which was not declared. */
function typeOf({ name, type }: Column, source: Source, { untyped }: SourceRead): string | undefined {
  const declared = declaredType(source.columns, name);
  if (declared !== undefined) return declared;
  if (type === "JSON") return "VARCHAR";
  return untyped !== "none" && type === "VARCHAR" ? undefined : type;
}

function undeclared({ outer }: Engine, source: Source, columns: readonly Column[]): Problem[] {
  const names = columns.map(({ name }) => name);
  return Object.keys(source.columns)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      severity: "error",
      code: "unknown-column",
      ...explainLackingColumn(source.name, name, outer.told(names, source.name)),
      at: ["sources", source.name, "columns", name],
      onKey: true,
    }));
}

/** An empty file has no columns, and to read much takes as long as a plan. */
async function isLookedAt({ untyped, files }: SourceRead): Promise<boolean> {
  if (untyped === "none") return true;
  const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size));
  if (sizes.includes(0)) return false;
  return untyped !== "dates" || sizes.reduce((sum, size) => sum + size, 0) <= MOST_BYTES;
}
