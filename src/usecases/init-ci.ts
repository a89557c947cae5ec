import { access, mkdir, readFile, realpath } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { ConfigChoice } from "../config/choice.js";
import { readConfigFiles } from "../config/files/config-files.js";
import { loadEnvironments } from "../config/environments/load.js";
import { secretVariables } from "../config/secrets/secret-variables.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import { readGitLines } from "../platform/git/lines.js";
import { findRepository, type Repository } from "../platform/git/repository.js";
import { mustStayInside, writeNewFile } from "../platform/files/write-output.js";
import { CI_FILES, type CiSystem } from "./init/ci-files.js";
import { storesOf, templateFacts } from "./init/ci-facts.js";
import { findInstalledFrom, type InstalledFrom } from "./init/installed-from.js";
import { fillInTemplate } from "./init/template.js";

export interface InitCiOptions extends ConfigChoice {
  readonly system: CiSystem;
  readonly signal: AbortSignal;
}

export interface InitCiResult {
  /** Relative to `cwd`; undefined when the config is not sound. */
  readonly written: readonly string[] | undefined;
  /** Whether each environment keeps its state where other machines find it. */
  readonly remote: boolean;
  /** What the files say that CI plans pull requests into, and installs Rollcall from; nothing when none was written. */
  readonly facts: { readonly branch: string; readonly installedFrom: InstalledFrom } | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes the files by which a CI system plans, applies, and looks for drift.
 * Throws `Failure("invalid")` when one of them is there already: then none is written.
 */
export async function initCi(options: InitCiOptions): Promise<InitCiResult> {
  const { cwd, system, signal } = options;
  const all = { ...options, environment: undefined };
  const { environments, diagnostics } = await loadEnvironments(all);
  if (environments.length === 0) return { written: undefined, remote: false, facts: undefined, diagnostics };
  const repository = await repositoryAt(cwd, signal);
  const files = CI_FILES[system];
  await mustBeFree(
    cwd,
    files.map(({ path }) => path),
  );
  const { documents } = await readConfigFiles(all);
  const branch = await findDefaultBranch(repository);
  const installedFrom = await findInstalledFrom(repository, storesOf(environments));
  const facts = templateFacts({
    environments,
    secrets: secretVariables(documents),
    branch,
    tool: installedFrom.folder,
  });
  for (const { template, path } of files) {
    const text = await readFile(new URL(`../../templates/ci/${template}`, import.meta.url), "utf8");
    await mustStayInside(dirname(join(cwd, path)), cwd);
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeNewFile(path, fillInTemplate(text, facts), { cwd });
  }
  const remote = environments.every(({ config }) => !config.state.store.kind.isOnThisMachine);
  return { written: files.map(({ path }) => path), remote, facts: { branch, installedFrom }, diagnostics };
}

/** CI systems look for these files at the top only. */
async function repositoryAt(cwd: string, signal: AbortSignal): Promise<Repository> {
  const repository = await findRepository(cwd, signal);
  const way = repository && relative(repository.top, await realpath(cwd));
  if (repository !== undefined && way === "") return repository;
  throw new Failure(
    "invalid",
    way === undefined ? "This is not a git checkout." : `This folder is ${way}/ of a checkout.`,
    { hint: "Run init --ci at the top of the repository that CI checks out." },
  );
}

async function mustBeFree(cwd: string, paths: readonly string[]): Promise<void> {
  const there = await Promise.all(
    paths.map((path) =>
      access(join(cwd, path)).then(
        () => [path],
        () => [],
      ),
    ),
  );
  const [first] = there.flat();
  if (first === undefined) return;
  throw new Failure("invalid", `${first} is already here.`, {
    hint: "Nothing was written. Remove or rename it to have it written again, then compare the two.",
  });
}

/** What the remote calls its default branch; else the branch that is checked out. */
async function findDefaultBranch(repository: Repository): Promise<string> {
  const branchAt = async (ref: string, folder: string): Promise<string | undefined> => {
    const [name] = (await readGitLines(repository, ["symbolic-ref", "--quiet", ref])) ?? [];
    return name?.startsWith(folder) === true ? name.slice(folder.length) : undefined;
  };
  const name =
    (await branchAt("refs/remotes/origin/HEAD", "refs/remotes/origin/")) ??
    (await branchAt("HEAD", "refs/heads/"));
  if (name !== undefined && /^[\w.][\w./-]*$/.test(name)) return name;
  throw new Failure("invalid", "It is not known which branch CI is to plan pull requests into.", {
    hint: "Check out that branch, or say what it is: `git remote set-head origin main`. Its name may hold letters, digits and `._-/`.",
  });
}
