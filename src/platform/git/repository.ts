import { mkdir, realpath, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import { removeFromPath } from "../path-without.js";
import { findingEnvironment, readingEnvironment } from "./environment.js";
import { findGitDir, type GitDir } from "./git-dir.js";
import { runGit } from "./run.js";
import { findRepositoryRoot } from "../files/repository-root.js";

export interface Repository {
  /** Absolute folder of the checkout, without symbolic links. */
  readonly top: string;
  /** Why a change may have brought it, as a submodule for example; undefined when none can. */
  readonly doubt: string | undefined;
  /**
   * Runs a command that reads this repository and no other, whatever lies in
   * the checkout. Answers undefined when git ends with an error.
   */
  git(words: readonly string[], options?: GitOptions): Promise<Buffer | undefined>;
}

export interface GitOptions {
  readonly input?: string;
  /** A private, empty folder for what git has to write; it takes the place of the checkout. */
  readonly scratch?: string;
}

/**
 * The repository of the nearest `.git`, from a folder upwards; undefined when
 * there is none. Git is asked whether it takes the same one, and for its check
 * of the owner. Throws `Failure` when they differ: old versions of git take
 * what looks like a repository for one, and a change can bring that.
 */
export async function findRepository(folder: string, signal: AbortSignal): Promise<Repository | undefined> {
  const real = await realpath(folder).catch(() => resolve(folder));
  const top = findRepositoryRoot(real);
  await mustStay(folder, top);
  if (top === undefined) return undefined;
  const path = await removeFromPath(top);
  const dir = await findGitDir(top);
  const words = ["-C", top, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir"];
  const said = await runGit(words, { env: findingEnvironment(process.env, path), signal });
  const places = said?.toString("utf8").split("\n").slice(0, 3) ?? [];
  const found = await Promise.all(
    places.map((place) => realpath(resolve(top, place)).catch(() => undefined)),
  );
  if (dir === undefined || [top, dir.own, dir.common].some((place, index) => place !== found[index]))
    throw new Failure("invalid", `git takes something else than ${join(top, ".git")} for the repository.`, {
      hint: "Run this in a plain checkout or a linked worktree: no core.worktree, and nothing that git cannot read.",
    });
  const env = readingEnvironment(process.env, path);
  return {
    top,
    doubt: await doubtOf(top, dir),
    git: async (words, { input, scratch } = {}) => {
      const place = [`--git-dir=${dir.own}`, `--work-tree=${scratch ?? top}`];
      const objects = scratch && { GIT_OBJECT_DIRECTORY: await objectsIn(scratch, dir.common) };
      return runGit([...place, ...words], { env: { ...env, ...objects }, input, signal });
    },
  };
}

/**
 * As `findRepository`, where the branches of the repository are to be trusted
 * more than what is checked out. Throws when the change may have brought it.
 */
export async function findOwnRepository(
  folder: string,
  signal: AbortSignal,
): Promise<Repository | undefined> {
  const repository = await findRepository(folder, signal);
  if (repository?.doubt === undefined) return repository;
  throw new Failure("invalid", repository.doubt, {
    hint: "The change may have brought it, so its branches and authors are not trusted. Check it out by itself, outside of any other checkout.",
  });
}

/** A link in the checkout must not lead to another one. */
async function mustStay(folder: string, top: string | undefined): Promise<void> {
  const named = findRepositoryRoot(resolve(folder));
  if (named === undefined || (await realpath(named)) === top) return;
  throw new Failure("invalid", `${folder} leads out of the checkout ${named} by a link.`, {
    hint: "Name the folder by its own path.",
  });
}

async function doubtOf(top: string, dir: GitDir): Promise<string | undefined> {
  if (dir.linked && dir.own === dir.common)
    return `${join(top, ".git")} leads to a repository that is kept elsewhere, as that of a submodule is.`;
  const outer = await foreignAbove(top, dir);
  return outer && `The checkout ${top} lies within ${outer}, the checkout of another repository.`;
}

/** Another repository's checkout around this one. A linked worktree may lie in that of its own. */
async function foreignAbove(top: string, { common }: GitDir): Promise<string | undefined> {
  for (let at = above(top); at !== undefined; at = above(at))
    if ((await findGitDir(at))?.common !== common) return at;
  return undefined;
}

function above(top: string): string | undefined {
  return dirname(top) === top ? undefined : findRepositoryRoot(dirname(top));
}

/** A store of objects of its own that falls back to another. */
async function objectsIn(scratch: string, common: string): Promise<string> {
  const objects = join(scratch, ".git-objects");
  await mkdir(join(objects, "info"), { recursive: true, mode: 0o700 });
  await writeFile(join(objects, "info", "alternates"), `${join(common, "objects")}\n`);
  return objects;
}
