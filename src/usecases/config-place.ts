import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { discoverConfig } from "../config/discover.js";

/** The root of the repository that a folder lies in; the folder itself where there is none. */
export function repositoryRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return folder;
  }
}

/** The config file as the repository calls it, whatever folder one works in. */
export async function configPlace(options: {
  readonly cwd: string;
  readonly configPath?: string | undefined;
}): Promise<string | undefined> {
  const cwd = await realpath(options.cwd);
  const root =
    options.configPath === undefined ? await discoverConfig(cwd) : resolve(cwd, options.configPath);
  if (root === undefined) return undefined;
  return relative(repositoryRoot(dirname(root)), root)
    .split(sep)
    .join("/");
}
