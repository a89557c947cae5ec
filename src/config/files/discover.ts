import { closeSync, lstatSync, openSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { cosmiconfig, PublicExplorer } from "cosmiconfig";
import { homeOf, isExisting, foldersUpToRoot } from "../../platform/files/repository-root.js";
import { MAX_CONFIG_BYTES, type AllowedFolders } from "../../platform/files/open-project-file.js";

export const SEARCH_PLACES = ["exports.config.yaml", "exports.config.yml"];

/** A config file that was found or named, and the folders that it has to lie in once links are followed. */
export interface ConfigPlace {
  readonly path: string;
  readonly within: AllowedFolders;
}

/** The config file that somebody named, or that of a folder or of the nearest folder above it, up to the root of the repository. */
export async function findConfig(
  cwd: string,
  configPath: string | undefined,
): Promise<ConfigPlace | undefined> {
  if (configPath !== undefined) {
    const path = resolve(cwd, configPath);
    return { path, within: homeOf(path, undefined) };
  }
  const path = await discoverConfig(resolve(cwd));
  return path === undefined ? undefined : { path, within: homeOf(path, [dirname(path)]) };
}

async function discoverConfig(cwd: string): Promise<string | undefined> {
  const library = await import("cosmiconfig");
  explorer ??= elsewhere(() => createExplorer(library.cosmiconfig));
  for (const folder of foldersUpToRoot(cwd)) {
    const first = SEARCH_PLACES.map((name) => join(folder, name)).find(isExisting);
    // The library would read it. Whatever has the name of a config is taken for it, and said to be none when it is opened.
    if (first !== undefined && !isSmallAndReadable(first)) return first;
    const found = await explorer.search(folder);
    if (found !== null) return found.filepath;
  }
  return undefined;
}

function isSmallAndReadable(path: string): boolean {
  try {
    const info = lstatSync(path);
    if (!info.isFile() || info.size > MAX_CONFIG_BYTES) return false;
    closeSync(openSync(path, "r"));
    return true;
  } catch {
    return false;
  }
}

let explorer: PublicExplorer | undefined;

function createExplorer(create: typeof cosmiconfig): PublicExplorer {
  const yaml = (): object => ({});
  return create("exports", {
    searchPlaces: SEARCH_PLACES,
    loaders: { ".yaml": yaml, ".yml": yaml },
    ignoreEmptySearchPlaces: false,
    // One folder at a time: its own walks end at a package.json or in the user's home.
    searchStrategy: "none",
    cache: false,
  });
}

/**
 * Cosmiconfig looks for options of its own in the `package.json` of the process's folder, and runs
 * its `.config/config.js`. That folder is a checkout, so it is left for this one moment, in which nothing else can run.
 */
function elsewhere<Result>(make: () => Result): Result {
  const before = process.cwd();
  process.chdir(dirname(fileURLToPath(import.meta.url)));
  try {
    return make();
  } finally {
    process.chdir(before);
  }
}
