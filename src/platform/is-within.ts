import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";

/** Whether a path is one of these folders or files, or lies below one. Links are followed as far as the path exists. */
export async function isWithin(path: string, roots: readonly string[]): Promise<boolean> {
  const target = await real(path);
  for (const root of roots) if (contains(await real(root), target)) return true;
  return false;
}

/** As `isWithin`, but not in a checkout's own `.git`, where CI keeps tokens and nobody keeps data. */
export async function mayRead(path: string, roots: readonly string[]): Promise<boolean> {
  const target = await real(path);
  for (const root of roots) {
    const base = await real(root);
    const parts = relative(base, target).toLowerCase().split(sep);
    if (contains(base, target) && !parts.includes(".git")) return true;
  }
  return false;
}

function contains(root: string, target: string): boolean {
  const way = relative(root, target);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function real(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = resolve(path, "..");
    return parent === path ? path : join(await real(parent), relative(parent, path));
  }
}
