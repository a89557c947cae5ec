import { realpathSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import type { ConfigChoice } from "../choice.js";
import { findConfig } from "./discover.js";
import { isExisting, findRepositoryRoot } from "../../platform/files/repository-root.js";

/**
 * A file as the repository calls it that one works in; where that is none, as
 * its own, or its folder. Undefined for what that checkout does not have: a file
 * of another repository, or of the base branch.
 */
export function placeInRepository(path: string, cwd: string): string | undefined {
  const folder = realFolder(dirname(path));
  if (folder === undefined || !isExisting(join(folder, basename(path)))) return undefined;
  const own = findRepositoryRoot(folder);
  const worked = findRepositoryRoot(realFolder(cwd) ?? cwd);
  if (worked !== undefined && own !== worked) return undefined;
  return relative(own ?? folder, join(folder, basename(path)))
    .split(sep)
    .join("/");
}

/** Links of folders followed, because forges know files by where they lie. */
function realFolder(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}

/** The config file as the repository calls it, whatever folder one works in. */
export async function findConfigPlace({ cwd, configPath }: ConfigChoice): Promise<string | undefined> {
  const root = await findConfig(await realpath(cwd), configPath);
  return root && placeInRepository(root.path, cwd);
}
