import { Failure } from "../../model/failure.js";
import { readGitLines } from "./lines.js";
import type { Repository } from "./repository.js";

/** The branch that a remote says is its own, as `refs/remotes/origin/HEAD`; a remote branch that is called HEAD says nothing. */
export async function findBranch(repository: Repository, remoteHead: string): Promise<string | undefined> {
  const [ref] = (await readGitLines(repository, ["symbolic-ref", "--quiet", remoteHead])) ?? [];
  return ref?.startsWith(remoteHead.slice(0, -"HEAD".length)) === true ? ref : undefined;
}

/** The commit that a ref of this full name leads to; no other name is tried. */
export async function findCommitAt(repository: Repository, ref: string): Promise<string | undefined> {
  const named = /^refs\/remotes\/.+\/HEAD$/i.test(ref) ? await findBranch(repository, ref) : ref;
  if (named === undefined) return undefined;
  const [id] = (await readGitLines(repository, ["show-ref", "--verify", "--hash", named])) ?? [];
  return id === undefined ? undefined : peeled(repository, id);
}

/**
 * The commit that a person names: by its full id, a full name of a ref, HEAD,
 * or a branch or tag that is the only one of its name; then so many parents
 * back (`~2`, `^1`). Whoever can push a branch or tag can give it a name that
 * means another already, so two of a name are refused, not chosen between.
 * Answers undefined when there is none.
 */
export async function findCommit(repository: Repository, name: string): Promise<string | undefined> {
  const [, start = "", back = ""] = /^(.*?)((?:[~^]\d*)*)$/s.exec(name) ?? [];
  const commit = await startAt(repository, start);
  return commit === undefined || back === "" ? commit : peeled(repository, `${commit}${back}`);
}

async function startAt(repository: Repository, name: string): Promise<string | undefined> {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name)) {
    const commit = await peeled(repository, name);
    return commit === name ? commit : undefined;
  }
  if (/^[0-9a-f]{4,64}$/i.test(name))
    throw new Failure("invalid", `${name} may be the start of a commit's id, or a branch or tag.`, {
      hint: "Write the id in full, or the full name, such as refs/tags/… or refs/remotes/origin/….",
    });
  // Everything else that git reads as an expression.
  if (!/^[^-\p{Cc} ~^:?*[\\@{][^\p{Cc} ~^:?*[\\{]*$/u.test(name)) return undefined;
  if (name === "HEAD" || name.startsWith("refs/")) return findCommitAt(repository, name);
  const found = new Map<string, string>();
  for (const ref of ["heads", "tags", "remotes"].map((kind) => `refs/${kind}/${name}`)) {
    const commit = await findCommitAt(repository, ref);
    if (commit !== undefined) found.set(ref, commit);
  }
  const [, second] = found.keys();
  if (second !== undefined)
    throw new Failure("invalid", `The base ${name} is more than one thing in this checkout.`, {
      hint: `Name it in full, such as --base ${second}.`,
    });
  const [[ref, commit] = []] = found;
  // A tag or branch of somebody's, where the remote's own was not fetched.
  return name.startsWith("origin/") && ref?.startsWith("refs/remotes/") !== true ? undefined : commit;
}

async function peeled(repository: Repository, expression: string): Promise<string | undefined> {
  const [id] =
    (await readGitLines(repository, ["rev-parse", "--verify", "--quiet", `${expression}^{commit}`])) ?? [];
  return id;
}
