import { loadConfig, type LoadedConfig, type LoadOptions } from "../config/load.js";
import type { Config } from "../model/config/config.js";
import type { StateStore } from "../state/store.js";
import { openExistingState } from "./project-state.js";

/** The config and the state of a command, each opened once, when it is first asked for. */
export class Project {
  readonly #options: LoadOptions;
  #loaded: LoadedConfig | undefined;
  #state: StateStore | undefined;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  /** Undefined while it was not read. */
  get loaded(): LoadedConfig | undefined {
    return this.#loaded;
  }

  /** Undefined while it was not opened, or could not be. */
  get state(): StateStore | undefined {
    return this.#state;
  }

  async load(): Promise<LoadedConfig> {
    return (this.#loaded ??= await loadConfig(this.#options));
  }

  /** `config`: the one that was loaded, once it is sound. */
  async openState(config: Config, signal: AbortSignal): Promise<StateStore> {
    return (this.#state ??= await openExistingState(config, signal));
  }
}
