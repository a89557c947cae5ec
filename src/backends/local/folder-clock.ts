import { randomUUID } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { processIdentity } from "../../platform/process-identity.js";
import { makeFolder, writePrivate } from "./durable.js";

/** What is not further apart is the same: file systems round times, some to two seconds. */
const SAME_MS = 5000;
/** Somebody may set a clock right while a process goes on. */
const MEASURED_FOR_MS = 3_600_000;

interface Offset {
  readonly ms: number;
  readonly measuredAt: number;
}

const offsets = new Map<string, Offset>();

/**
 * The time of a folder: that of the file system, as a file shows it that is
 * made there. Machines that share a folder agree on it whatever their own clocks
 * say. How far ours is off is measured once for a folder.
 */
export async function readFolderTime(folder: string): Promise<number> {
  let offset = offsets.get(folder);
  if (offset === undefined || performance.now() - offset.measuredAt > MEASURED_FOR_MS) {
    offset = { ms: await measureOffset(join(folder, "tmp")), measuredAt: performance.now() };
    offsets.set(folder, offset);
  }
  return Date.now() + offset.ms;
}

/** How much later it is there than here; no difference where nothing can be written, because then nothing is held either. */
async function measureOffset(folder: string): Promise<number> {
  const probe = join(folder, `${processIdentity}.${randomUUID()}`);
  try {
    await makeFolder(folder);
    const before = Date.now();
    await writePrivate(probe, { bytes: new Uint8Array() }, new AbortController().signal);
    const { mtimeMs } = await stat(probe);
    const off = mtimeMs < before ? mtimeMs - before : Math.max(0, mtimeMs - Date.now());
    return Math.abs(off) <= SAME_MS ? 0 : off;
  } catch {
    return 0;
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}
