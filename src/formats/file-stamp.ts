import { lstat } from "node:fs/promises";
import { explainFileFault } from "../platform/files/file-fault.js";

/** What a file looked like before it was read, and which file it was. */
export interface FileStamp {
  /** Without links. */
  readonly path: string;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

export async function takeStamp(path: string): Promise<FileStamp> {
  try {
    const { dev, ino, size, mtimeNs } = await lstat(path, { bigint: true });
    return { path, dev, ino, size, mtimeNs };
  } catch (error) {
    throw explainFileFault(path, error);
  }
}

/** Whether it is the same file, unchanged, and nothing else took its place. */
export async function isAsBefore(before: FileStamp): Promise<boolean> {
  const after = await takeStamp(before.path).catch(() => undefined);
  return (
    after?.dev === before.dev &&
    after.ino === before.ino &&
    after.size === before.size &&
    after.mtimeNs === before.mtimeNs
  );
}

/** When the last of them was written; undefined without any. */
export function newestOf(stamps: readonly FileStamp[]): Date | undefined {
  const times = stamps.map(({ mtimeNs }) => Number(mtimeNs / 1_000_000n));
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}
