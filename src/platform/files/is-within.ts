import { readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** As many links one after the other as the system itself follows. */
const MOST_LINKS = 40;

/** Whether a path is one of these folders or files, or lies below one. Links are followed, also those that lead nowhere yet. */
export async function isWithin(path: string, roots: readonly string[]): Promise<boolean> {
  const target = await resolvePlace(path);
  for (const root of roots) if (isBelow(await resolvePlace(root), target)) return true;
  return false;
}

/** As `isWithin`, but not in a checkout's own `.git`, where CI keeps tokens and nobody keeps data. */
export async function mayRead(path: string, roots: readonly string[]): Promise<boolean> {
  const target = await resolvePlace(path);
  for (const root of roots) {
    const base = await resolvePlace(root);
    const parts = relative(base, target).toLowerCase().split(sep);
    if (isBelow(base, target) && !parts.includes(".git")) return true;
  }
  return false;
}

/** Whether a path is this folder or lies below it, by the words alone. */
export function isBelow(root: string, target: string): boolean {
  const way = relative(root, target);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The path without links; what is not there yet is where it would be made. */
export async function resolvePlace(path: string, links = MOST_LINKS): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = resolve(path, "..");
    if (parent === path) return path;
    const target = links > 0 ? await readlink(path).catch(() => undefined) : undefined;
    if (target !== undefined)
      return resolvePlace(resolve(await resolvePlace(dirname(path), links - 1), target), links - 1);
    return join(await resolvePlace(parent, links), relative(parent, path));
  }
}
