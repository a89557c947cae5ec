import { realpath } from "node:fs/promises";
import { dirname, relative, sep } from "node:path";
import type { ConfigChoice } from "../config/choice.js";
import { findConfig } from "../config/discover.js";
import { repositoryRoot } from "../platform/repository-root.js";

/** A file as the repository that it lies in calls it; where there is none, as its folder does. */
export function placeInRepository(path: string): string {
  const folder = dirname(path);
  return relative(repositoryRoot(folder) ?? folder, path)
    .split(sep)
    .join("/");
}

/** The config file as the repository calls it, whatever folder one works in. */
export async function configPlace({ cwd, configPath }: ConfigChoice): Promise<string | undefined> {
  const root = await findConfig(await realpath(cwd), configPath);
  return root && placeInRepository(root.path);
}
