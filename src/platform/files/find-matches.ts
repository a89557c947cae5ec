import type { Dirent, Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { callbackify } from "node:util";
import { glob, type FileSystemAdapter } from "tinyglobby";
import { FileFault, explainFileFault } from "./file-fault.js";
import { mayRead } from "./is-within.js";
import type { AllowedFolders } from "./open-project-file.js";

/** Folders that link to each other make endlessly many ways. */
const MOST_LINKS = 20_000;

export interface Search {
  /** Absolute; patterns start here. */
  readonly folder: string;
  /** Where linked folders may lead. */
  readonly within: AllowedFolders;
  /** What becomes of a linked folder that leads elsewhere: an error where everything is needed. */
  readonly outside: "refuse" | "skip";
  readonly ignore?: readonly string[];
  readonly dot?: boolean;
}

/**
 * Absolute paths, in order, of what matches a pattern and is not a folder. A folder
 * that cannot be looked into is an error: what lies there would count as gone.
 * Links, pipes and devices are answered as well, for whoever opens them to refuse.
 */
export async function findMatches(pattern: string, search: Search): Promise<string[]> {
  const faults: unknown[] = [];
  const [start, rest] = startOf(pattern);
  const found = await glob(rest, {
    // The crawler would start above where an absolute pattern does.
    cwd: resolve(search.folder, start),
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    ignore: search.ignore ?? [],
    dot: search.dot ?? false,
    fs: watchedFileSystem(search, (path, error) => faults.push(explainFileFault(path, error))),
  });
  if (faults.length > 0) throw faults[0];
  return found.map((path) => resolve(path)).sort();
}

/** The folder that a pattern starts in, and what is left to match there. */
function startOf(pattern: string): [start: string, rest: string] {
  const parts = pattern.split("/");
  const wild = parts.findIndex((part) => /[*?[\]{}()!+@\\]/.test(part));
  const fixed = wild === -1 ? parts.length - 1 : wild;
  return [
    parts
      .slice(0, fixed)
      .map((part) => `${part}/`)
      .join(""),
    parts.slice(fixed).join("/"),
  ];
}

/** The crawler forgets errors and follows every link; this does neither. */
function watchedFileSystem(
  { folder, within, outside }: Search,
  report: (path: string, error: unknown) => void,
): FileSystemAdapter {
  let links = 0;
  let begun = false;
  const leadsOut = (path: string): void =>
    report(path, new FileFault(path, "outside", "leads out of the project folder"));
  const list = async (path: string): Promise<Dirent[]> => {
    const isStart = !begun;
    begun = true;
    if (isStart && !(await mayLead(path, within))) {
      leadsOut(path);
      return [];
    }
    try {
      return (await readdir(path, { withFileTypes: true })).map(asFile);
    } catch (error) {
      // Where a pattern starts need not be there: it then matches nothing, which the caller says.
      const { code } = error as NodeJS.ErrnoException;
      if (!isStart || (code !== "ENOENT" && code !== "ENOTDIR")) report(path, error);
      return [];
    }
  };
  /** Where a linked folder leads; anything else is answered as it is, to be opened and refused. */
  const follow = async (path: string): Promise<string> => {
    let target: string;
    try {
      target = await realpath(path);
      if (!(await stat(target)).isDirectory()) return path;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EACCES" || code === "EPERM") report(path, error);
      return path;
    }
    links += 1;
    const inside = await mayLead(target, within);
    if (inside && links <= MOST_LINKS) return target;
    if (inside) report(folder, new FileFault(folder, "unreadable", "has too many linked folders"));
    else if (outside === "refuse") leadsOut(path);
    throw new Error("not followed");
  };
  const look = (path: string): Promise<Stats> => stat(path).catch(() => NO_FOLDER);
  return {
    readdir: callbackify((path: string, _options: object) => list(path)),
    realpath: callbackify(follow),
    stat: callbackify(look),
  } as unknown as FileSystemAdapter;
}

async function mayLead(path: string, within: AllowedFolders): Promise<boolean> {
  return within === undefined || mayRead(path, within);
}

/** A link that leads nowhere is answered as well. */
const NO_FOLDER = { isDirectory: () => false } as Stats;

function asFile(entry: Dirent): Dirent {
  return entry.isDirectory() || entry.isSymbolicLink() ? entry : Object.assign(entry, { isFile: () => true });
}
