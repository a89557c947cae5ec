import { relative } from "node:path";
import type { Invocation } from "../model/words/command-line.js";
import type { Config } from "../model/config/config.js";

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

/** How a command is told that is about the same config, to whoever stands where this process does. */
export function invocationOf({ cwd, configPath, environment }: ConfigChoice): Invocation {
  const folder = relative(process.cwd(), cwd);
  return { folder: folder === "" ? undefined : folder, config: configPath, environment };
}
