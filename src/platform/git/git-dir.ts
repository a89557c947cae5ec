import { readFile, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

export interface GitDir {
  /** Where HEAD is. */
  readonly own: string;
  /** Where objects and branches are; another one in a linked worktree. */
  readonly common: string;
  /** `.git` is a file that leads there. */
  readonly linked: boolean;
}

/** What the `.git` of a folder leads to; undefined when that cannot be known. */
export async function findGitDir(top: string): Promise<GitDir | undefined> {
  const entry = join(top, ".git");
  try {
    const linked = !(await stat(entry)).isDirectory();
    const own = await realpath(linked ? resolve(top, await pathIn(entry, "gitdir: ")) : entry);
    const common = await pathIn(join(own, "commondir"), "").catch(() => ".");
    return { own, common: await realpath(resolve(own, common)), linked };
  } catch {
    return undefined;
  }
}

async function pathIn(file: string, prefix: string): Promise<string> {
  const text = await readFile(file, "utf8");
  if (!text.startsWith(prefix)) throw new Error(`${file} is not a file of git`);
  return text.slice(prefix.length).replace(/\r?\n$/, "");
}
