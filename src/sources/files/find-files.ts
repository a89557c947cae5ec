import { relative, resolve } from "node:path";
import { isDynamicPattern } from "tinyglobby";
import { Failure } from "../../model/failure.js";
import type { FilesSource } from "./files-source.js";
import { FileFault, shownPath } from "../../platform/files/file-fault.js";
import { findMatches } from "../../platform/files/find-matches.js";
import { isExisting } from "../../platform/files/repository-root.js";
import { findPlace } from "../../platform/files/open-project-file.js";

/** Absolute paths without links, in order. A pattern that matches nothing is an error: an unmounted share must not look like an empty source. */
export async function findFiles(source: FilesSource, within: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of source.paths) {
    const matches = await matching(source, pattern, within);
    if (matches.length === 0) {
      throw new Failure(
        "not-found",
        `Source "${source.name}": no file matches ${shownIn(source, pattern)}.`,
        {
          hint: `The pattern is relative to ${relative(process.cwd(), source.folder) || "the project folder"}.`,
        },
      );
    }
    for (const path of matches) found.add(await placeFor(source, pattern, path, within));
  }
  return [...found];
}

async function matching(
  source: FilesSource,
  pattern: string,
  within: readonly string[],
): Promise<readonly string[]> {
  const path = resolve(source.folder, pattern);
  // A file that is called so is meant, whatever its brackets would mean in a pattern.
  if (!isDynamicPattern(pattern) || (isExisting(path) && !MATCHES_ITSELF.test(pattern))) return [path];
  const found = await matchesOf(source, pattern, within);
  if (found.length < 2 || !isExisting(path)) return found;
  throw new Failure(
    "invalid",
    `Source "${source.name}": ${shownIn(source, pattern)} is a pattern that several files match, and the name of one of them.`,
    { hint: "Rename that file, or take it away: a shell makes it by mistake where nothing matches yet." },
  );
}

/** With these, a pattern that is also a name matches the file of that name. */
const MATCHES_ITSELF = /[*?]/;

async function matchesOf(
  source: FilesSource,
  pattern: string,
  within: readonly string[],
): Promise<readonly string[]> {
  try {
    return await findMatches(pattern, { folder: source.folder, within, outside: "refuse" });
  } catch (error) {
    throw faultOf(source, pattern, error);
  }
}

async function placeFor(
  source: FilesSource,
  pattern: string,
  path: string,
  within: readonly string[],
): Promise<string> {
  try {
    return await findPlace(path, within);
  } catch (error) {
    throw faultOf(source, pattern, error);
  }
}

function faultOf(source: FilesSource, pattern: string, error: unknown): unknown {
  if (!(error instanceof FileFault)) return error;
  if (error.reason === "outside")
    return new Failure(
      "invalid",
      `Source "${source.name}": ${shownIn(source, pattern)} leads out of the project folder.`,
      {
        hint: "Move the file, or list its folder in `allowPaths` of the root config file.",
        cause: error,
      },
    );
  const named = isDynamicPattern(pattern) ? error.message : `${shownIn(source, pattern)} ${error.why}.`;
  return new Failure(error.kind, `Source "${source.name}": ${named}`, {
    hint: "Everything that the source names has to be readable: who is missing would count as gone.",
    cause: error,
  });
}

/** As the config writes it, but of addresses without the folder. */
function shownIn({ folder, holds }: FilesSource, pattern: string): string {
  return shownPath(holds === "addresses" ? relative(folder, pattern) : pattern);
}
