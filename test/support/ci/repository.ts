import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A bare repository as a forge has it, and somebody's clone. */
export class Repository {
  readonly bare: string;
  readonly clone: string;
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
    this.bare = join(root, "bare.git");
    this.clone = join(root, "clone");
  }

  static async create(): Promise<Repository> {
    const repository = new Repository(await mkdtemp(join(tmpdir(), "rollcall-forge-")));
    git(repository.#root, "init", "--quiet", "--bare", "--initial-branch=main", repository.bare);
    git(repository.#root, "clone", "--quiet", repository.bare, repository.clone);
    return repository;
  }

  /** Commits everything in the clone as Ben and pushes it. Returns the commit. */
  push(branch: string, message: string): string {
    git(this.clone, "switch", "--quiet", "--force-create", branch);
    git(this.clone, "add", "--all");
    git(this.clone, "commit", "--quiet", "--allow-empty", "--message", message);
    git(this.clone, "push", "--quiet", "--force", "--set-upstream", "origin", branch);
    return git(this.clone, "rev-parse", "HEAD");
  }

  /** Merges a branch into main, as the forge's button does. Returns the commit of the merge. */
  merge(branch: string): string {
    git(this.clone, "switch", "--quiet", "main");
    git(this.clone, "merge", "--quiet", "--no-ff", "--no-edit", branch);
    git(this.clone, "push", "--quiet", "origin", "main");
    return git(this.clone, "rev-parse", "HEAD");
  }

  /** Has main be this commit, whatever it was. */
  resetMain(commit: string): void {
    git(this.bare, "update-ref", "refs/heads/main", commit);
  }

  /** What a CI system checks out: a commit without a branch, with the remote's branches beside it. */
  checkOut(target: string, commit: string): void {
    git(target, "clone", "--quiet", "--no-checkout", this.bare, ".");
    git(target, "-c", "advice.detachedHead=false", "checkout", "--quiet", "--detach", commit);
  }

  /** The merge of a branch into main that nobody has pushed: what CI plans for a pull request. */
  checkOutMerge(target: string, head: string): void {
    this.checkOut(target, "refs/remotes/origin/main");
    git(target, "merge", "--quiet", "--no-ff", "--no-edit", head);
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }
}

function git(folder: string, ...words: string[]): string {
  const who = ["-c", "user.name=Ben", "-c", "user.email=ben@example.com"];
  return execFileSync("git", [...who, ...words], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
