import type { Config } from "../model/config.js";

/** Which config a command is about. */
export interface ConfigChoice {
  /** Where the search for it starts. */
  readonly cwd: string;
  /** Instead of searching. */
  readonly configPath?: string | undefined;
  /** One of its `environments`; needed where it has any. */
  readonly environment?: string | undefined;
  /** Told of a config that is sound. */
  readonly heard?: ((config: Config) => void) | undefined;
}
