import type { GitOptions, Repository } from "./repository.js";

/** The lines that a command answers with; undefined when git ends with an error. */
export async function readGitLines(
  repository: Repository,
  words: readonly string[],
  options: GitOptions = {},
): Promise<string[] | undefined> {
  const said = await repository.git(words, options);
  return said
    ?.toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}
