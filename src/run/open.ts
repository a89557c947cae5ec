import type { BaseConfig } from "../config/files/base.js";
import type { ConfigChoice } from "../config/choice.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Emit } from "../model/run/event.js";
import { Engine } from "../engine/engine.js";
import { parseOverrides } from "../plan/overrides.js";
import { withRunFolder } from "../state/run-folder.js";
import { namesOf } from "../records/transition.js";
import type { Run } from "./run.js";
import { SharedThings } from "./shared.js";
import { Project } from "./project.js";

export interface RunOptions extends ConfigChoice {
  readonly base?: BaseConfig | undefined;
  readonly reveal?: boolean | undefined;
  readonly removalsOnly?: boolean | undefined;
  readonly retryRejected?: boolean | undefined;
  /** `NAME` or `EXPORT:NAME` of checks that may fail. */
  readonly overrides?: readonly string[] | undefined;
  /** What was opened already, or is to be known of afterwards. */
  readonly project?: Project | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Opens config, state, run folder and engine, does the work, and leaves nothing behind. */
export async function withRun<Result>(
  options: RunOptions,
  work: (run: Run) => Promise<Result>,
): Promise<{ result: Result | undefined; diagnostics: readonly Diagnostic[] }> {
  const { emit, signal } = options;
  const project = options.project ?? new Project(options);
  const { config, diagnostics } = await project.load();
  if (config === undefined) return { result: undefined, diagnostics };
  const clock = new Date();
  const state = await project.openState(config, signal);
  const overrides = parseOverrides(options.overrides ?? [], namesOf(config, state.root));
  return withRunFolder(async (scratch) => {
    const engine = await Engine.open({
      folder: scratch,
      timezone: config.timezone,
      clock,
      limits: config.sql,
      tellsHeaders: options.base === undefined,
    });
    const interrupt = (): void => engine.interrupt();
    signal.addEventListener("abort", interrupt);
    const shared = new SharedThings();
    try {
      const run: Run = {
        config,
        engine,
        state,
        scratch,
        clock,
        limiters: new Map(),
        accountKeys: new Map(),
        shared,
        loadedSources: new Map(),
        reveal: options.reveal ?? false,
        untrusted: options.base !== undefined,
        removalsOnly: options.removalsOnly ?? false,
        retryRejected: options.retryRejected ?? false,
        overrides,
        emit,
        signal,
      };
      return { result: await work(run), diagnostics };
    } finally {
      signal.removeEventListener("abort", interrupt);
      await shared.close();
      engine.close();
    }
  });
}
