import { Failure } from "../../model/failure.js";
import { findCommitAt, findCommit } from "../../platform/git/commit-named.js";
import { readGitLines } from "../../platform/git/lines.js";
import { readObjects } from "../../platform/git/objects.js";
import { findRepository, type Repository } from "../../platform/git/repository.js";
import { withRunFolder } from "../../state/run-folder.js";
import { isAutomaticMerge } from "./automatic-merge.js";
import { parseCommit, type RawCommit } from "./commit-people.js";

/** Merges past this many are taken for written without a look. */
const MOST_MERGES = 100;

/**
 * Who wrote what is checked out, so that they do not approve it: the addresses
 * of the authors, co-authors and committers of every commit since `base`, by
 * default since the first parent of HEAD, which is what a merge brought in. Who
 * merged did not write, unless the merge holds what git would not have made of
 * its parents. What git says can be made up; a signed approval cannot.
 * Throws when `base` is not there. Answers undefined where the checkout has no
 * history to tell by.
 */
export async function readCommitAuthors(
  folder: string,
  base: string | undefined,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const told = await findAuthors(folder, base, signal);
  return "doubt" in told ? undefined : told.authors;
}

/** As `readCommitAuthors`, where an approval hangs on it. */
export async function mustKnowCommitAuthors(
  folder: string,
  base: string | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const told = await findAuthors(folder, base, signal);
  if ("authors" in told) return told.authors;
  throw new Failure("invalid", `${told.doubt} Nobody can tell who wrote what it holds.`, {
    hint: "Check it out by itself and with its history (in GitHub Actions: `fetch-depth: 0`): who wrote a change does not approve it.",
  });
}

type AuthorsOrDoubt = { readonly authors: string[] } | { readonly doubt: string };
const NO_HISTORY = { doubt: "This checkout has no history, or not all of it." };

async function findAuthors(
  folder: string,
  base: string | undefined,
  signal: AbortSignal,
): Promise<AuthorsOrDoubt> {
  const repository = await findRepository(folder, signal);
  const head = repository && (await findCommitAt(repository, "HEAD"));
  if (repository === undefined || head === undefined) return NO_HISTORY;
  if (repository.doubt !== undefined) return { doubt: repository.doubt };
  const from = base === undefined ? undefined : await findCommit(repository, base);
  if (base !== undefined && from === undefined)
    throw new Failure("invalid", "The commit that --base names cannot be found in this checkout.", {
      hint: "Name a branch, a tag or the full id of a commit, and fetch it with its history (in GitHub Actions: `fetch-depth: 0`): who wrote the change is told by it.",
    });
  const [last] = await commitsOf(repository, [head]);
  const since = from ?? last?.parents[0];
  const written = since === undefined ? [] : await readCommitsSince(repository, since, head);
  if (written === undefined) return NO_HISTORY;
  const people = await peopleOf(repository, written);
  return { authors: [...new Set(people.length > 0 ? people : (last?.people ?? []))].sort() };
}

/** Undefined when some of them were not fetched: each parent has to be one of them, or older than they are. */
async function readCommitsSince(
  repository: Repository,
  since: string,
  head: string,
): Promise<RawCommit[] | undefined> {
  const ids = await readGitLines(repository, ["rev-list", head, `^${since}`]);
  const older = await readGitLines(repository, ["rev-list", since]);
  if (ids === undefined || older === undefined) return undefined;
  const commits = await commitsOf(repository, ids);
  const known = new Set([...ids, ...older]);
  return commits.every(({ parents }) => parents.every((parent) => known.has(parent))) ? commits : undefined;
}

async function commitsOf(repository: Repository, ids: readonly string[]): Promise<RawCommit[]> {
  return (await readObjects(repository, "commit", ids)).map(parseCommit);
}

async function peopleOf(repository: Repository, commits: readonly RawCommit[]): Promise<string[]> {
  const merges = commits.filter(({ parents }) => parents.length > 1);
  const automatic = new Set<RawCommit>();
  await withRunFolder(async (folder) => {
    for (const merge of merges.slice(0, MOST_MERGES))
      if (await isAutomaticMerge(repository, merge, folder)) automatic.add(merge);
  });
  return commits.filter((commit) => !automatic.has(commit)).flatMap(({ people }) => people);
}
