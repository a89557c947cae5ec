import { Failure } from "../../model/failure.js";
import { findBranch, findCommitAt, findCommit } from "../../platform/git/commit-named.js";
import { readGitLines } from "../../platform/git/lines.js";
import type { Repository } from "../../platform/git/repository.js";

/** Where the config comes from that an unreviewed checkout is held against. */
export interface BaseWish {
  /** This very commit, branch or tag. */
  readonly ref?: string | undefined;
  /** Branch that the change is to be merged into, as CI says. */
  readonly target?: string | undefined;
}

export interface BaseCommit {
  /** What the change is built on. */
  readonly commit: string;
  /** Whose config is trusted: with a target branch, what that says now. */
  readonly trusted: string;
  /** How people call it. */
  readonly name: string;
}

/** Throws when there is no base to be had: nothing is trusted by default. */
export async function findBase(repository: Repository, { ref, target }: BaseWish): Promise<BaseCommit> {
  const called = printable(ref ?? `origin/${target ?? "HEAD"}`);
  const tip = await (ref === undefined ? tipOf(repository, target) : findCommit(repository, ref));
  const commit = tip === undefined || ref !== undefined ? tip : await leftAt(repository, tip);
  if (tip !== undefined && commit !== undefined)
    return { commit, trusted: tip, name: `${called} (${tip.slice(0, 7)})` };
  throw new Failure("invalid", `The base ${called} cannot be found in this checkout.`, {
    hint:
      ref === undefined
        ? "Fetch it with its history (in GitHub Actions: `fetch-depth: 0`), or name another with --base."
        : "Name a branch, a tag or the full id of a commit, and fetch it (in GitHub Actions: `fetch-depth: 0`).",
  });
}

async function tipOf(repository: Repository, target: string | undefined): Promise<string | undefined> {
  const ref =
    target === undefined ? await findBranch(repository, ORIGIN_HEAD) : `refs/remotes/origin/${target}`;
  return ref === undefined ? undefined : findCommitAt(repository, ref);
}

/**
 * The newest commit of the target branch that the change is built on. Only what
 * the branch itself has been counts, by first parents: a commit inside of what
 * was merged into it may hold what its reviewers saw taken back.
 */
async function leftAt(repository: Repository, tip: string): Promise<string | undefined> {
  const was = await readGitLines(repository, ["rev-list", "--first-parent", tip]);
  const head = await findCommitAt(repository, "HEAD");
  // All of them, since dates can be made up and git would stop by them.
  const ours = head === undefined ? undefined : await readGitLines(repository, ["rev-list", head]);
  const known = new Set(ours);
  return was?.find((commit) => known.has(commit));
}

const ORIGIN_HEAD = "refs/remotes/origin/HEAD";

function printable(ref: string): string {
  return ref.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 100);
}
