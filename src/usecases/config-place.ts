import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { ConfigChoice } from "../config/choice.js";
import { discoverConfig } from "../config/discover.js";

/** A file as the repository that it lies in calls it; where there is none, as its folder does. */
export function placeInRepository(path: string): string {
  return relative(repositoryRoot(dirname(path)), path)
    .split(sep)
    .join("/");
}

/** The config file as the repository calls it, whatever folder one works in. */
export async function configPlace(choice: ConfigChoice): Promise<string | undefined> {
  const cwd = await realpath(choice.cwd);
  const root = choice.configPath === undefined ? await discoverConfig(cwd) : resolve(cwd, choice.configPath);
  return root && placeInRepository(root);
}

function repositoryRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return folder;
  }
}
