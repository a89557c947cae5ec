import type { ConfigChoice } from "../config/choice.js";
import { loadConfig } from "../config/load.js";
import type { Config } from "../model/config/config.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { withRunFolder } from "../state/run-folder.js";
import type { StateStore } from "../state/store.js";
import { openExistingState } from "./project-state.js";
import { mustBeStored } from "../state/upkeep/must-be-stored.js";

export interface StateOptions extends ConfigChoice {
  /** Who runs this. */
  readonly actor: string;
  readonly signal: AbortSignal;
}

/** What the commands about state work with. */
export interface StateRun {
  readonly config: Config;
  readonly state: StateStore;
  /** Private folder of this command. */
  readonly scratch: string;
  readonly actor: string;
  readonly signal: AbortSignal;
}

export interface StateResult<Result> {
  /** Undefined when the config is invalid. */
  readonly result: Result | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens config and state; a state that was never written is refused. */
export async function withState<Result>(
  options: StateOptions,
  work: (run: StateRun) => Promise<Result>,
): Promise<StateResult<Result>> {
  const { actor, signal } = options;
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { result: undefined, diagnostics };
  const state = await openExistingState(config, signal);
  mustBeStored(state);
  const result = await withRunFolder((scratch) => work({ config, state, scratch, actor, signal }));
  return { result, diagnostics };
}
