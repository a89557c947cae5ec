import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { Failure } from "../../model/failure.js";
import type { FilesSource } from "../../model/source.js";

/** Absolute paths in order. A pattern that matches nothing is an error: an unmounted share must not look like an empty source. */
export async function findFiles(source: FilesSource): Promise<string[]> {
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
      await mustBeFile(source, pattern, path);
      found.add(path);
    }
  }
  return [...found];
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
