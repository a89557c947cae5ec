import { realpath } from "node:fs/promises";
import type { Problem } from "../config/diagnostics/problem.js";
import { Engine } from "../engine/engine.js";
import type { Config } from "../model/config/config.js";
import type { SeenColumns } from "../plugin/source.js";
import { withRunFolder } from "../state/run-folder.js";
import { resolveSegments, resolveWanted } from "../planner/compile/exact-names.js";
import { findBindingProblems } from "./binding-problems.js";
import { offerColumns, type OfferedColumns } from "./offer-columns.js";
import { parseRows, parseValues, type ParsedRows } from "./parse.js";

export interface SqlOptions {
  readonly signal: AbortSignal;
  /** Whether the columns of sources are looked at: not for a change that nobody has reviewed, which says what a source is. */
  readonly looksAtSources: boolean;
}

/**
 * What is wrong with people's SQL and with the columns it names, told without a
 * row of anybody: each piece is parsed, and bound to the columns of those sources
 * that are there.
 */
export async function findSqlProblems(
  config: Config,
  { signal, looksAtSources }: SqlOptions,
): Promise<readonly Problem[]> {
  return withRunFolder(async (made) => {
    const { timezone, sql: limits } = config;
    const folder = await realpath(made);
    const engine = await Engine.open({
      folder,
      timezone,
      clock: new Date(),
      limits,
      tellsHeaders: looksAtSources,
    });
    const interrupt = (): void => engine.interrupt();
    signal.addEventListener("abort", interrupt);
    try {
      const rows = await parseRows(engine, config);
      const offered = looksAtSources ? await offerColumns(engine, config, rows.broken, signal) : undefined;
      const exact = await exactConfig(engine, config, rows, offered);
      const parsed = await parseValues(engine, config, exact, rows);
      if (offered === undefined) return parsed.problems;
      const bound = await findBindingProblems(engine, config, exact, parsed, offered);
      return [...parsed.problems, ...offered.problems, ...bound];
    } finally {
      signal.removeEventListener("abort", interrupt);
      engine.close();
    }
  });
}

/** The config with every text that is the name of a column written as SQL. */
async function exactConfig(
  engine: Engine,
  config: Config,
  { tables }: ParsedRows,
  offered: OfferedColumns | undefined,
): Promise<Config> {
  const columnsOf = (name: string): Promise<SeenColumns | undefined> => {
    const source = offered?.sources.get(name);
    return Promise.resolve(source && { names: source.names, all: true });
  };
  const around = { engine, config, tables, columnsOf };
  const segments = await resolveSegments(around, config.segments.keys());
  const exports = new Map(config.exports);
  for (const [name, wanted] of exports) exports.set(name, await resolveWanted(around, wanted));
  return { ...config, segments, exports };
}
