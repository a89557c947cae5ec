import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { readProcessState } from "../process-identity.js";

const FOREIGN_AGE_MS = 24 * 3600 * 1000;

/**
 * Removes the files of a folder that dead processes left. `ownerOf` reads the
 * identity of the owner off a name, undefined for files that are not temporary.
 * Another machine's files are only taken when a day old.
 */
export async function sweepFiles(
  folder: string,
  ownerOf: (name: string) => string | undefined,
): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = ownerOf(name);
    if (owner === undefined) continue;
    const path = join(folder, name);
    const state = readProcessState(owner);
    if (state === "running") continue;
    if (state === "elsewhere") {
      const found = await stat(path).catch(() => undefined);
      if (found === undefined || Date.now() - found.mtimeMs < FOREIGN_AGE_MS) continue;
    }
    await rm(path, { force: true });
  }
}
