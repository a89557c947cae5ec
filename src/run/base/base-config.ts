import { realpath } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { readBaseConfig, type BaseConfig } from "../../config/files/base.js";
import type { ConfigChoice } from "../../config/choice.js";
import { findConfig } from "../../config/files/discover.js";
import type { MergedConfig } from "../../config/files/merge.js";
import { Failure } from "../../model/failure.js";
import { findOwnRepository } from "../../platform/git/repository.js";
import { withRunFolder } from "../../state/run-folder.js";
import { findBase, type BaseWish } from "./find-base.js";
import { writeCommitFiles } from "./write-out.js";

export type { BaseWish } from "./find-base.js";

interface BaseOptions extends Omit<ConfigChoice, "environment"> {
  readonly signal: AbortSignal;
}

/** Of a command that looks at a change. */
export interface MaybeUntrusted {
  /** Nobody has reviewed this checkout: what decides where keys and data go comes from the base only. */
  readonly untrusted?: BaseWish | undefined;
}

/** What an unreviewed checkout is held against; undefined for one that is trusted. */
export async function loadBaseOfUntrusted(
  options: BaseOptions & MaybeUntrusted,
): Promise<BaseConfig | undefined> {
  return options.untrusted && loadBaseConfig(options, options.untrusted);
}

/** Reads the base's config out of git, never from the checkout. Throws when there is no base to be had: nothing is trusted by default. */
export async function loadBaseConfig(
  { cwd, configPath, signal }: BaseOptions,
  wish: BaseWish,
): Promise<BaseConfig | undefined> {
  const root = (await findConfig(cwd, configPath))?.path;
  // Loading says so.
  if (root === undefined) return undefined;
  const repository = await findOwnRepository(dirname(root), signal);
  if (repository === undefined)
    throw new Failure("invalid", "This is not a git checkout, so there is no base to compare with.", {
      hint: "Run --untrusted inside the checkout of the change.",
    });
  const folder = await realpath(dirname(root)).catch(() => dirname(root));
  const { top: checkout } = repository;
  const { commit, trusted, name } = await findBase(repository, wish);
  const place = relative(checkout, join(folder, relative(dirname(root), root)));
  const readAt = (id: string): Promise<{ merged: MergedConfig | undefined } | { fault: string }> =>
    withRunFolder(async (copy) => {
      await writeCommitFiles(repository, id, copy);
      const path = join(copy, place);
      if (!(await isThere(path))) return { merged: undefined };
      return readBaseConfig({ root: path, copy, checkout, name }, signal);
    });
  const now = await readAt(trusted);
  if ("fault" in now) throw unsound(name, now.fault);
  const before = trusted === commit ? now : await readAt(commit);
  return {
    name,
    commit,
    checkout,
    merged: now.merged,
    // One that is not sound excuses nothing.
    before: "fault" in before ? undefined : before.merged,
  };
}

function unsound(name: string, fault: string): Failure {
  return new Failure("invalid", `The config of ${name} is not sound: ${fault}`, {
    hint: "Fix it there first, or name another base with --base.",
  });
}

async function isThere(path: string): Promise<boolean> {
  return realpath(path).then(
    () => true,
    () => false,
  );
}
