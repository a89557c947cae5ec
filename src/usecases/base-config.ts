import { mkdir, realpath, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { readBaseConfig, type BaseConfig } from "../config/base.js";
import { findConfig } from "../config/discover.js";
import { Failure } from "../model/failure.js";
import { git } from "../platform/git.js";
import { withRunFolder } from "../state/run-folder.js";

/** Where the config comes from that an unreviewed checkout is held against. */
export interface BaseWish {
  /** This very commit, branch or tag. */
  readonly ref?: string | undefined;
  /** Branch that the change is to be merged into, as CI says; the common ancestor is taken. */
  readonly target?: string | undefined;
}

interface BaseOptions {
  readonly cwd: string;
  readonly configPath?: string | undefined;
  readonly signal: AbortSignal;
}

/** Reads the base's config out of git, never from the checkout. Throws when there is no base to be had: nothing is trusted by default. */
export async function baseConfig(options: BaseOptions, wish: BaseWish): Promise<BaseConfig | undefined> {
  const { signal } = options;
  const cwd = await realpath(resolve(options.cwd)).catch(() => resolve(options.cwd));
  const root = (await findConfig(cwd, options.configPath))?.path;
  // Loading says so.
  if (root === undefined) return undefined;
  const folder = await realpath(dirname(root)).catch(() => dirname(root));
  const checkout = await oneLine(folder, ["rev-parse", "--show-toplevel"], signal);
  if (checkout === undefined)
    throw new Failure("invalid", "This is no git checkout, so there is no base to compare with.", {
      hint: "Run --untrusted inside the checkout of the change.",
    });
  const { commit, name } = await findCommit(folder, wish, signal);
  return withRunFolder(async (copy) => {
    await writeOut(folder, commit, copy, signal);
    const place = relative(checkout, join(folder, relative(dirname(root), root)));
    const path = join(copy, place);
    if (!(await isThere(path))) return { name, commit, checkout, merged: undefined };
    const read = await readBaseConfig({ root: path, copy, checkout, name }, signal);
    if ("merged" in read) return { name, commit, checkout, merged: read.merged };
    throw new Failure("invalid", `The config of ${name} is not sound: ${read.fault}`, {
      hint: "Mend it there first, or name another base with --base.",
    });
  });
}

async function findCommit(
  folder: string,
  { ref, target }: BaseWish,
  signal: AbortSignal,
): Promise<{ commit: string; name: string }> {
  const branch = ref ?? (target === undefined ? "origin/HEAD" : `origin/${target}`);
  if (ref !== undefined) await mustMeanOne(folder, ref, signal);
  // In full: whoever may push tags could name one `origin/main`, and git looks at tags first.
  const name = ref ?? `refs/remotes/${branch}`;
  const tip = await oneLine(
    folder,
    ["rev-parse", "--verify", "--end-of-options", `${name}^{commit}`],
    signal,
  );
  const commit =
    ref !== undefined || tip === undefined ? tip : await oneLine(folder, ["merge-base", "HEAD", tip], signal);
  if (commit !== undefined) return { commit, name: `${printable(branch)} (${commit.slice(0, 7)})` };
  throw new Failure("invalid", `The base ${printable(branch)} cannot be found in this checkout.`, {
    hint: "Fetch it with its history (in GitHub Actions: `fetch-depth: 0`), or name another with --base.",
  });
}

async function mustMeanOne(folder: string, ref: string, signal: AbortSignal): Promise<void> {
  const places = ["refs/tags", "refs/heads", "refs/remotes"].map((place) => `${place}/${ref}`);
  const listed = await git(folder, ["for-each-ref", "--format=%(refname)", ...places], { signal });
  const [first, second] = listed?.toString("utf8").split("\n").filter(Boolean) ?? [];
  if (first === undefined || second === undefined) return;
  throw new Failure("invalid", `The base ${printable(ref)} is more than one thing in this checkout.`, {
    hint: `Name it in full, such as --base ${printable(second)}.`,
  });
}

async function oneLine(
  folder: string,
  words: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const answer = await git(folder, words, { signal });
  const [line] = answer?.toString("utf8").split("\n") ?? [];
  return line === "" ? undefined : line;
}

const MOST_FILES = 5000;

/** Writes the YAML files of a commit below `copy`. Links and submodules are left out. */
async function writeOut(folder: string, commit: string, copy: string, signal: AbortSignal): Promise<void> {
  const listed = await git(folder, ["ls-tree", "-r", "-z", "--full-tree", commit], { signal });
  const files = (listed?.toString("utf8").split("\0") ?? []).flatMap((line) => {
    const match = /^100(?:644|755) blob ([0-9a-f]+)\t(.+\.ya?ml)$/is.exec(line);
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ id: match[1], path: match[2] }];
  });
  if (files.length > MOST_FILES)
    throw new Failure("invalid", `The base holds more than ${MOST_FILES} YAML files.`);
  const input = files.map(({ id }) => `${id}\n`).join("");
  const contents = await git(folder, ["cat-file", "--batch"], { input, signal });
  let at = 0;
  for (const { id, path } of files) {
    const head = contents?.toString("utf8", at, contents.indexOf("\n", at)) ?? "";
    const size = Number(new RegExp(`^${id} blob (\\d+)$`).exec(head)?.[1]);
    if (contents === undefined || Number.isNaN(size))
      throw new Failure("permanent", "git does not have all files of the base.", {
        hint: "Fetch it with its history and its files.",
      });
    const start = at + head.length + 1;
    at = start + size + 1;
    const target = resolve(copy, path);
    // Git refuses such names, but an object can be made by hand.
    if (relative(copy, target).startsWith("..")) continue;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, contents.subarray(start, start + size), { mode: 0o600, flag: "wx" });
  }
}

async function isThere(path: string): Promise<boolean> {
  return realpath(path).then(
    () => true,
    () => false,
  );
}

function printable(ref: string): string {
  return ref.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 100);
}
