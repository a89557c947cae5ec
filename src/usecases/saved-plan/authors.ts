import { git } from "../../platform/git.js";

/**
 * Who wrote what is about to be planned, so that they do not approve it: the
 * addresses of the authors and committers of the newest commit, or of every
 * commit since `base`. What git says can be made up; a signed approval cannot.
 */
export async function commitAuthors(
  folder: string,
  base: string | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const range = base === undefined ? ["--max-count=1", "HEAD"] : [`${base}..HEAD`];
  const said = await git(folder, ["log", "--format=%ae%n%ce", ...range, "--"], { signal });
  const lines = said?.toString("utf8").split("\n") ?? [];
  return [...new Set(lines.filter((line) => line !== ""))].sort();
}
