import { git } from "../../platform/git.js";

/**
 * Who wrote what is checked out, so that they do not approve it: the addresses
 * of the authors and committers of every commit since `base`, by default since
 * the first parent of HEAD, which is what a merge brought in. Merges themselves
 * are not writing. What git says can be made up; a signed approval cannot.
 */
export async function commitAuthors(
  folder: string,
  base: string | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const since = await people(folder, [`${base ?? "HEAD^1"}..HEAD`], signal);
  return since.length > 0 ? since : people(folder, ["--max-count=1", "HEAD"], signal);
}

async function people(folder: string, range: readonly string[], signal: AbortSignal): Promise<string[]> {
  const said = await git(folder, ["log", "--no-merges", "--format=%ae%n%ce", ...range, "--"], { signal });
  const lines = said?.toString("utf8").split("\n") ?? [];
  return [...new Set(lines.filter((line) => line !== ""))].sort();
}
