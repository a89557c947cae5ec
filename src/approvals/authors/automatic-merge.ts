import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { readGitLines } from "../../platform/git/lines.js";
import type { Repository } from "../../platform/git/repository.js";
import type { RawCommit } from "./commit-people.js";

/**
 * Whether a merge is what git makes of its two parents without help, as the
 * button that updates a branch does. One that cannot be known, as an octopus or
 * with a git older than 2.38, is not.
 */
export async function isAutomaticMerge(
  repository: Repository,
  { tree, parents }: RawCommit,
  folder: string,
): Promise<boolean> {
  const [first, second, ...others] = parents;
  if (first === undefined || second === undefined || others.length > 0) return false;
  const scratch = await mkdtemp(join(folder, "merge-"));
  const words = ["merge-tree", "--write-tree", "--no-messages", first, second];
  const [made] = (await readGitLines(repository, words, { scratch })) ?? [];
  return made === tree;
}
