import { lstat, mkdtemp, readdir, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../model/failure.js";
import { processIdentity, readProcessState } from "../platform/process-identity.js";
import { explainTemporaryFault } from "../platform/files/temporary-fault.js";

const NO_ROOM_BYTES = 1 << 20;
const PREFIX = "rollcall-run-";
const FOREIGN_AGE_MS = 7 * 24 * 3600 * 1000;

/**
 * Works with a private (0700) folder for decrypted and intermediate files and
 * removes it at the end. First removes what crashed runs of this user left.
 */
export async function withRunFolder<T>(
  work: (folder: string) => Promise<T>,
  parent: string = tmpdir(),
): Promise<T> {
  const folder = await makeRunFolder(parent);
  try {
    return await work(folder);
  } catch (error) {
    throw (await isFull(folder, error)) ? explainTemporaryFault(error, folder) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether an error that nobody explained comes from a temporary folder without room. */
async function isFull(folder: string, error: unknown): Promise<boolean> {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof Failure || (code !== "ENOSPC" && code !== "EDQUOT")) return false;
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < NO_ROOM_BYTES;
}

async function makeRunFolder(parent: string): Promise<string> {
  try {
    await sweepRunFolders(parent);
    return await mkdtemp(join(parent, `${PREFIX}${processIdentity}-`));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure("permanent", `the temporary folder ${parent} cannot be used (${code ?? "unknown"})`, {
      hint: "Set TMPDIR to a folder that you may write to and that has room.",
      cause: error,
    });
  }
}

/** Removes run folders whose process is dead, or that another container left a week ago. */
async function sweepRunFolders(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const identity = name.slice(PREFIX.length, name.lastIndexOf("-"));
    const state = readProcessState(identity);
    if (state === "running") continue;
    const path = join(parent, name);
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined || !found.isDirectory() || found.uid !== process.getuid?.()) continue;
    if (state === "elsewhere" && Date.now() - found.mtimeMs < FOREIGN_AGE_MS) continue;
    // Two starts may sweep at once; what the other one has removed is gone as well.
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
