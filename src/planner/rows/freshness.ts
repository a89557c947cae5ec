import { stat } from "node:fs/promises";
import { CLOCK_TOLERANCE_MS, isFromFuture } from "../../model/believed-time.js";
import { writtenColumn, writtenTable } from "../../engine/load/typed-source.js";
import { foldName } from "../../model/fold-name.js";
import type { Source } from "../../model/config/source.js";
import { explainLackingColumn } from "../../engine/user-sql/names.js";
import { Failure } from "../../model/failure.js";
import { identifier, literal } from "../../plugin/relation.js";
import { askCheck } from "../../plan/checks/check.js";
import { freshness, type SourceAge } from "../../plan/checks/freshness.js";
import type { FoundOnce } from "../../plan/checks/registry.js";
import { withShared } from "../../run/shared.js";
import { openSource } from "../../run/sources.js";
import type { EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/** What of a run says how old its sources are. */
export type AgesRun = Pick<Run, "config" | "engine" | "clock" | "loadedSources" | "signal">;

/** Adds to an export what is to be said of the age of its sources, which are loaded. */
export async function addFreshness(run: Run, one: EvaluatedExport): Promise<EvaluatedExport> {
  if (one.leaving) return one;
  const ages = await findAges(run, one.program.sources);
  return { ...one, found: [...one.found, ...checkFreshness(run, ages)] };
}

/** What is to be said of sources of these ages. */
export function checkFreshness(
  { clock, config }: Pick<Run, "clock" | "config">,
  ages: readonly SourceAge[],
): FoundOnce[] {
  return askCheck(freshness, { ages, now: clock, timezone: config.timezone });
}

/** How old these sources are, as far as that is limited; those that are not measured by files have to be loaded. */
export async function findAges(run: AgesRun, names: readonly string[]): Promise<SourceAge[]> {
  const ages: SourceAge[] = [];
  for (const name of names) {
    const source = run.config.sources.get(name);
    const maxAge = source?.maxAge;
    if (source === undefined || maxAge === undefined) continue;
    const newestAt = await findNewest(run, source, maxAge.column);
    ages.push({ source: name, maxAge, newestAt });
  }
  return ages;
}

function findNewest(run: AgesRun, source: Source, column: string | undefined): Promise<Date | undefined> {
  if (column !== undefined) return findNewestValue(run, source, column);
  if (source.kind.readsProject || source.module !== undefined) return findNewestFile(run, source);
  return Promise.resolve(run.loadedSources.get(source.name)?.asOf);
}

/** What is dated in the future says nothing of an age, unless there is nothing else. */
async function findNewestFile({ config, clock, signal }: AgesRun, source: Source): Promise<Date | undefined> {
  const { files, asOf } = await withShared((shared) => openSource(config, source, { shared, signal }));
  if (asOf !== undefined) return asOf;
  const times = (await Promise.all(files.map(writtenAt))).filter((time) => time !== undefined);
  const come = times.filter((time) => !isFromFuture(time, clock.getTime()));
  const told = come.length === 0 ? times : come;
  return told.length === 0 ? undefined : new Date(Math.max(...told));
}

/** When a file was written; undefined for one that need not be there, such as a database's log. */
async function writtenAt(path: string): Promise<number | undefined> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  return info?.mtimeMs;
}

async function findNewestValue(
  { engine, clock }: AgesRun,
  source: Source,
  column: string,
): Promise<Date | undefined> {
  const names = engine.typedSources.get(foldName(source.name))?.columns.map(({ name }) => name) ?? [];
  if (!names.some((name) => foldName(name) === foldName(column))) {
    const { message, hint } = explainLackingColumn(
      source.name,
      column,
      engine.outer.told(names, source.name),
    );
    throw new Failure("invalid", message, { hint });
  }
  const latest = new Date(clock.getTime() + CLOCK_TOLERANCE_MS).toISOString();
  try {
    const { from, value } = await readTimes(engine, source.name, column);
    const come = `moment <= CAST(${literal(latest)} AS TIMESTAMPTZ)`;
    const [row] = await engine.outer.rows<{ ms: number | null }>(
      `SELECT epoch_ms(coalesce(max(moment) FILTER (${come}), max(moment)))::DOUBLE AS ms FROM (SELECT ${value} AS moment FROM ${from})`,
    );
    return row?.ms == null ? undefined : new Date(row.ms);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    throw new Failure("invalid", `Source "${source.name}": the values of column "${column}" are not times.`, {
      hint: "`maxAge.column` names a column of dates or timestamps; check its values.",
      cause: error,
    });
  }
}

/** Where a column's times stand, and SQL of one. What a type makes of a written offset is an hour off where clocks go back. */
async function readTimes(
  { outer, typedSources }: Run["engine"],
  source: string,
  name: string,
): Promise<{ from: string; value: string }> {
  const column = identifier(name);
  if (typedSources.get(foldName(source))?.retyped.get(foldName(name)) === "TIMESTAMP") {
    const value = `coalesce(offset_instant(${identifier(writtenColumn(name))}), ${column}::TIMESTAMPTZ)`;
    return { from: identifier(writtenTable(source)), value };
  }
  const from = identifier(source);
  const [described] = await outer.rows<{ column_type: string }>(`DESCRIBE SELECT ${column} FROM ${from}`);
  const isText = described?.column_type === "VARCHAR";
  const text = `coalesce(offset_instant(${column}), nullif(${column}, '')::TIMESTAMPTZ)`;
  return { from, value: isText ? text : `${column}::TIMESTAMPTZ` };
}
