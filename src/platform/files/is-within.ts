import { readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** As many links one after the other as the system itself follows. */
const MOST_LINKS = 40;

/** Whether a path is one of these folders or files, or lies below one. Links are followed, also those that lead nowhere yet. */
export async function isWithin(path: string, roots: readonly string[]): Promise<boolean> {
  const target = await realPlace(path);
  for (const root of roots) if (contains(await realPlace(root), target)) return true;
  return false;
}

/** As `isWithin`, but not in a checkout's own `.git`, where CI keeps tokens and nobody keeps data. */
export async function mayRead(path: string, roots: readonly string[]): Promise<boolean> {
  const target = await realPlace(path);
  for (const root of roots) {
    const base = await realPlace(root);
    const parts = relative(base, target).toLowerCase().split(sep);
    if (contains(base, target) && !parts.includes(".git")) return true;
  }
  return false;
}

/** Whether a path is this folder or lies below it, by the words alone. */
export function contains(root: string, target: string): boolean {
  const way = relative(root, target);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The path without links; what is not there yet is where it would be made. */
export async function realPlace(path: string, links = MOST_LINKS): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = resolve(path, "..");
    if (parent === path) return path;
    const target = links > 0 ? await readlink(path).catch(() => undefined) : undefined;
    if (target !== undefined)
      return realPlace(resolve(await realPlace(dirname(path), links - 1), target), links - 1);
    return join(await realPlace(parent, links), relative(parent, path));
  }
}
