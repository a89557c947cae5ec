import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import { shownPath } from "../../platform/files/file-fault.js";
import { findMatches } from "../../platform/files/find-matches.js";
import { homeOf, isExisting } from "../../platform/files/repository-root.js";
import { SEARCH_PLACES } from "../files/discover.js";

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
    if (!isExisting(path))
      throw new Failure("invalid", `There is no file or folder ${shownPath(path)}.`, {
        hint: "Check the path.",
      });
    // What is neither is refused when it is opened.
    const isFolder = await stat(path).then(
      (info) => info.isDirectory(),
      () => false,
    );
    found.push(...(isFolder ? await testFilesIn(path, project) : [path]));
  }
  return [...new Set(found)];
}

/** Linked folders that lie elsewhere are not part of the project. */
async function testFilesIn(folder: string, project: string): Promise<string[]> {
  const found = await findMatches(PATTERN, {
    folder,
    within: homeOf(join(folder, "any"), [folder, project]),
    outside: "skip",
    ignore: IGNORED,
    dot: true,
  });
  return found.filter((path) => !hasConfigBetween(dirname(path), project));
}

function hasConfigBetween(folder: string, project: string): boolean {
  if (folder === project || dirname(folder) === folder) return false;
  return (
    SEARCH_PLACES.some((name) => isExisting(join(folder, name))) || hasConfigBetween(dirname(folder), project)
  );
}
