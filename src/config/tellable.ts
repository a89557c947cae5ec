import type { Config } from "../model/config/config.js";
import { checkNotifiers as notifierProblems } from "./checks/notifiers.js";
import { checkPaths } from "./checks/paths.js";
import type { MergedConfig } from "./files/merge.js";

/** As much of a config, sound or not, as it takes to tell people how a run with it ended. */
export interface Tellable {
  /** With those notifiers that are sound. */
  readonly config: Config;
  /** Its `state` is sound, so that what was told can be remembered there. */
  readonly remembers: boolean;
}

export async function tellableConfig(config: Config, merged: MergedConfig): Promise<Tellable | undefined> {
  if (config.notifiers.size === 0) return undefined;
  const wrong = [...notifierProblems(config), ...(await checkPaths(config, merged))].map(({ at }) => at);
  const isWrong = (...place: readonly string[]): boolean =>
    wrong.some((at) => place.every((part, index) => at[index] === part));
  const notifiers = new Map([...config.notifiers].filter(([name]) => !isWrong("notifiers", name)));
  return {
    config: { ...config, notifiers },
    remembers: merged.state?.broken !== true && !isWrong("state"),
  };
}
