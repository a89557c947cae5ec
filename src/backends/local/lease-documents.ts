import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LeaseDocuments } from "../leases.js";
import type { DurableFiles } from "./durable.js";
import { readFolderTime } from "./folder-clock.js";
import { Versions } from "./versions.js";

/** A folder for each lease, inside the state folder. */
export function openLeaseDocuments(stateFolder: string, files: DurableFiles): LeaseDocuments {
  const folder = join(stateFolder, "leases");
  const versions = (name: string): Versions => new Versions(join(folder, name), files);
  return {
    clockStepMs: 0,
    fix: (name) => `delete the folder ${join(folder, name)}`,
    read: async (name, signal) => {
      const found = await versions(name).read(signal);
      const stored = found && { bytes: found.bytes, version: String(found.number) };
      return { stored, now: await readFolderTime(stateFolder) };
    },
    swap: async (name, bytes, version, signal) =>
      (await versions(name).swap(bytes, Number(version ?? 0), signal)) !== undefined,
    names: () =>
      readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      }),
  };
}
