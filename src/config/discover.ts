import { dirname, join, resolve } from "node:path";
import { homeOf, isThere, upToRepositoryRoot } from "../platform/repository-root.js";
import type { Within } from "../platform/open-project-file.js";

export const SEARCH_PLACES = ["exports.config.yaml", "exports.config.yml"];

/** A config file that was found or named, and the folders that it has to lie in once links are followed. */
export interface ConfigPlace {
  readonly path: string;
  readonly within: Within;
}

/** The config file that somebody named, or that of a folder or of the nearest folder above it, up to the root of the repository. */
export function findConfig(cwd: string, configPath: string | undefined): ConfigPlace | undefined {
  if (configPath !== undefined) {
    const path = resolve(cwd, configPath);
    return { path, within: homeOf(path, undefined) };
  }
  const path = discoverConfig(resolve(cwd));
  return path === undefined ? undefined : { path, within: homeOf(path, [dirname(path)]) };
}

/** Whatever has the name of a config is taken for it, and said to be none when it is opened. */
function discoverConfig(cwd: string): string | undefined {
  for (const folder of upToRepositoryRoot(cwd))
    for (const name of SEARCH_PLACES) if (isThere(join(folder, name))) return join(folder, name);
  return undefined;
}
