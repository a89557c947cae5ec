import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Failure } from "../../model/failure.js";

const PATTERN = "**/*.test.{yaml,yml}";
const IGNORED = ["**/node_modules/**", "**/.git/**", "**/.rollcall/**"];

/** Absolute paths of the test files of a project, or of the files and folders that somebody named, in order. */
export async function findTestFiles(
  folder: string,
  named: readonly string[],
  cwd: string,
): Promise<readonly string[]> {
  if (named.length === 0) return testFilesIn(folder);
  const found: string[] = [];
  for (const path of named.map((name) => resolve(cwd, name))) {
    const info = await stat(path).catch(() => undefined);
    if (info === undefined)
      throw new Failure("invalid", `There is no file or folder ${path}.`, { hint: "Check the path." });
    found.push(...(info.isDirectory() ? await testFilesIn(path) : [path]));
  }
  return [...new Set(found)];
}

async function testFilesIn(folder: string): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  const found = await glob(PATTERN, {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    ignore: IGNORED,
    dot: true,
  });
  return found.sort();
}
