import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { Failure } from "../../model/failure.js";
import type { FilesSource } from "../../model/source.js";
import { mayRead } from "../../platform/is-within.js";

/** Absolute paths in order. A pattern that matches nothing is an error: an unmounted share must not look like an empty source. */
export async function findFiles(source: FilesSource, within: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of source.paths) {
    const matches = isDynamicPattern(pattern)
      ? await glob(pattern, { cwd: source.folder, absolute: true, onlyFiles: true, expandDirectories: false })
      : [resolve(source.folder, pattern)];
    if (matches.length === 0) {
      throw new Failure("not-found", `Source "${source.name}": no file matches ${pattern}.`, {
        hint: `The pattern is relative to ${relative(process.cwd(), source.folder) || "the project folder"}.`,
      });
    }
    for (const path of matches.sort()) {
      await mustLieInside(source, pattern, path, within);
      await mustBeFile(source, pattern, path);
      found.add(path);
    }
  }
  return [...found];
}

async function mustLieInside(
  source: FilesSource,
  pattern: string,
  path: string,
  within: readonly string[],
): Promise<void> {
  if (!(await mayRead(path, within)))
    throw new Failure("invalid", `Source "${source.name}": ${pattern} leads out of the project folder.`, {
      hint: "Move the file, or list its folder in `allowPaths` of the root config file.",
    });
  // The engine would take the name for a pattern and read what it matches.
  if (/[*?[]/.test(path))
    throw new Failure("invalid", `Source "${source.name}": a file or folder has a *, ? or [ in its name.`, {
      hint: "Rename it.",
    });
}

async function mustBeFile(source: FilesSource, pattern: string, path: string): Promise<void> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      "not-found",
      `Source "${source.name}": cannot read ${pattern} (${error.code ?? "error"}).`,
    );
  });
  if (!info.isFile()) throw new Failure("invalid", `Source "${source.name}": ${pattern} is not a file.`);
}
