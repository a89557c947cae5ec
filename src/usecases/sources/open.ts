import type { ConfigChoice } from "../../config/choice.js";
import { loadConfig } from "../../config/load.js";
import { Engine } from "../../engine/engine.js";
import type { Config } from "../../model/config/config.js";
import type { Source } from "../../model/config/source.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import { Failure } from "../../model/failure.js";
import type { Emit } from "../../model/run/event.js";
import type { SourcesRun } from "../../planner/rows/read-sources.js";
import type { Run } from "../../run/run.js";
import { SharedThings } from "../../run/shared.js";
import { withRunFolder } from "../../state/run-folder.js";

export interface SourcesOptions extends ConfigChoice {
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Opens config and engine alone: sources are looked at without state, keys of destinations and locks. */
export async function withSources<Result>(
  options: SourcesOptions,
  work: (run: SourcesRun & Pick<Run, "clock">) => Promise<Result>,
): Promise<{ result: Result | undefined; diagnostics: readonly Diagnostic[] }> {
  const { emit, signal } = options;
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { result: undefined, diagnostics };
  return withRunFolder(async (folder) => {
    const clock = new Date();
    const engine = await Engine.open({ folder, timezone: config.timezone, clock, limits: config.sql });
    const interrupt = (): void => engine.interrupt();
    signal.addEventListener("abort", interrupt);
    try {
      const shared = new SharedThings();
      const run = { config, engine, clock, loadedSources: new Map(), shared, emit, signal };
      return { result: await work(run), diagnostics };
    } finally {
      signal.removeEventListener("abort", interrupt);
      engine.close();
    }
  });
}

/** The source of this name. */
export function mustFindSource({ sources }: Pick<Config, "sources">, name: string): Source {
  const source = sources.get(name);
  if (source !== undefined) return source;
  throw new Failure("invalid", `There is no source "${name}".`, {
    hint: sources.size === 0 ? "The config has none." : `The config has ${[...sources.keys()].join(", ")}.`,
  });
}
