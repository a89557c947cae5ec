import { realpath } from "node:fs/promises";
import type { Problem } from "../../config/problem.js";
import { Engine } from "../../engine/engine.js";
import type { Config } from "../../model/config.js";
import { withRunFolder } from "../../state/run-folder.js";
import { bindingProblems } from "./bind.js";
import { offerColumns } from "./offer-columns.js";
import { parseAll } from "./parse.js";

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
export async function sqlProblems(
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
      const parsed = await parseAll(engine, config);
      if (!looksAtSources) return parsed.problems;
      const offered = await offerColumns(engine, config, parsed.broken, signal);
      const bound = await bindingProblems(engine, config, parsed, offered);
      return [...parsed.problems, ...offered.problems, ...bound];
    } finally {
      signal.removeEventListener("abort", interrupt);
      engine.close();
    }
  });
}
