import { stat } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import { SEARCH_PLACES } from "../discover.js";

const PATTERN = "**/*.test.{yaml,yml}";
const IGNORED = ["**/node_modules/**", "**/.git/**", "**/.rollcall/**"];

/**
 * Absolute paths of the test files of a project, or of the files and folders
 * that somebody named, in order. What lies below another config is a project of its own.
 */
export async function findTestFiles(
  folder: string,
  named: readonly string[],
  cwd: string,
): Promise<readonly string[]> {
  const project = resolve(folder);
  if (named.length === 0) return testFilesIn(project, project);
  const found: string[] = [];
  for (const path of named.map((name) => resolve(cwd, name))) {
    const info = await stat(path).catch(() => undefined);
    if (info === undefined)
      throw new Failure("invalid", `There is no file or folder ${path}.`, { hint: "Check the path." });
    found.push(...(info.isDirectory() ? await testFilesIn(path, project) : [path]));
  }
  return [...new Set(found)];
}

async function testFilesIn(folder: string, project: string): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  const found = await glob(PATTERN, {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    ignore: IGNORED,
    dot: true,
  });
  return found.filter((path) => !hasConfigBetween(dirname(resolve(path)), project)).sort();
}

function hasConfigBetween(folder: string, project: string): boolean {
  if (folder === project || dirname(folder) === folder) return false;
  return (
    SEARCH_PLACES.some((name) => existsSync(join(folder, name))) || hasConfigBetween(dirname(folder), project)
  );
}
