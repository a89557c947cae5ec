import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AllowedFolders } from "./open-project-file.js";

/** The folder itself and those above it, up to the root of the repository, or of the file system where there is none. Links are not followed. */
export function* foldersUpToRoot(from: string): Generator<string> {
  let folder = from;
  while (true) {
    yield folder;
    const parent = dirname(folder);
    if (parent === folder || isExisting(join(folder, ".git"))) return;
    folder = parent;
  }
}

/** The root of the repository that a folder lies in, by its words alone; undefined where there is none. */
export function findRepositoryRoot(folder: string): string | undefined {
  const root = [...foldersUpToRoot(folder)].at(-1) ?? folder;
  return isExisting(join(root, ".git")) ? root : undefined;
}

/**
 * Where a file has to lie once links are followed: what a repository holds stays
 * in it, whoever names it, because its links are nobody's word; elsewhere `otherwise`.
 */
export function homeOf(path: string, otherwise: AllowedFolders): AllowedFolders {
  const root = findRepositoryRoot(dirname(path));
  return root === undefined ? otherwise : [root];
}

/** Whatever it is; what cannot be looked at may be there. */
export function isExisting(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return !["ENOENT", "ENOTDIR", "ENAMETOOLONG"].includes((error as NodeJS.ErrnoException).code ?? "");
  }
}
