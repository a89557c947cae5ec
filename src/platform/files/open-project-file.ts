import { constants, type BigIntStats } from "node:fs";
import { lstat, open, readlink, realpath, type FileHandle } from "node:fs/promises";
import { FileFault, explainFileFault, mustBeRegular } from "./file-fault.js";
import { mayRead } from "./is-within.js";

/** Files of the config, tests of it, and SQL: what people write by hand is not larger. */
export const MAX_CONFIG_BYTES = 5 * 1024 ** 2;
/** Files that are read whole into memory and that a program wrote, such as saved plans. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 ** 2;

/** Not to wait for a writer of a pipe, not to take a terminal, and not to follow a link that came meanwhile. */
const READ =
  constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0) | (constants.O_NOFOLLOW ?? 0);
/** A file that is replaced while it is opened is another one the next time. */
const TRIES = 3;

/** Folders and files that a path has to lie in, links followed; undefined for what a person named on the command line. */
export type AllowedFolders = readonly string[] | undefined;

export interface OpenFile {
  readonly handle: FileHandle;
  /** Without links. */
  readonly path: string;
  readonly info: BigIntStats;
}

/**
 * Opens a file that a config, a checkout or a command names: only when it lies
 * where it may once links are followed, and only a regular file, so that
 * nothing hangs, ends never or does something by being opened. What was opened
 * is what was checked. Throws `FileFault`; the caller closes the handle.
 */
export async function openProjectFile(path: string, within: AllowedFolders): Promise<OpenFile> {
  for (let tries = 1; ; tries += 1) {
    const real = await findPlace(path, within);
    const opened = await openAt(path, real);
    if (opened !== undefined) return opened;
    if (tries === TRIES)
      throw new FileFault(path, "changed", "was replaced while it was opened", { hint: AGAIN });
  }
}

/** The place without links of a regular file that lies where it may. The engine opens files by it. */
export async function findPlace(path: string, within: AllowedFolders): Promise<string> {
  if (within !== undefined && !(await mayRead(path, within)))
    throw new FileFault(path, "outside", "leads out of the project folder");
  try {
    const real = await realpath(path);
    if (within !== undefined && !(await mayRead(real, within)))
      throw new FileFault(path, "outside", "leads out of the project folder");
    mustBeRegular(path, await lstat(real));
    return real;
  } catch (error) {
    throw await explainOpenError(path, error);
  }
}

async function openAt(path: string, real: string): Promise<OpenFile | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(real, READ);
  } catch (error) {
    // It vanished, or a link took its place.
    if (["ENOENT", "ELOOP"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw explainFileFault(path, error);
  }
  try {
    const info = await handle.stat({ bigint: true });
    mustBeRegular(path, info);
    if (await isAt(handle, info, real)) return { handle, path: real, info };
  } catch (error) {
    await handle.close();
    throw explainFileFault(path, error);
  }
  await handle.close();
  return undefined;
}

/** Whether an open file lies at this path, which has no links. */
async function isAt(handle: FileHandle, info: BigIntStats, real: string): Promise<boolean> {
  const place = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined);
  if (place !== undefined) return place === real;
  // Where the system does not tell, the file at that path has to be the same.
  const there = await realpath(real).catch(() => undefined);
  const found = there === real ? await lstat(real, { bigint: true }).catch(() => undefined) : undefined;
  return found?.dev === info.dev && found.ino === info.ino;
}

/** The bytes of a small file. Throws `FileFault`, also when it holds more than it says, as those of `/proc` do. */
export async function readProjectFile(
  path: string,
  { within, maxBytes }: { readonly within: AllowedFolders; readonly maxBytes: number },
): Promise<Buffer> {
  const { handle, info } = await openProjectFile(path, within);
  try {
    if (info.size > BigInt(maxBytes))
      throw new FileFault(path, "too-large", `is larger than ${inWords(maxBytes)}`);
    const size = Number(info.size);
    const buffer = Buffer.alloc(size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length <= size; length += read)
      read = (await handle.read(buffer, length, buffer.length - length, null)).bytesRead;
    if (length === size) return buffer.subarray(0, size);
    throw new FileFault(path, "changed", "does not have the size that it is said to have", { hint: AGAIN });
  } catch (error) {
    throw explainFileFault(path, error);
  } finally {
    await handle.close();
  }
}

const AGAIN = "If something is writing it, run again when it is done. It has to be an ordinary file.";

function inWords(bytes: number): string {
  return bytes >= 1024 ** 2 ? `${bytes / 1024 ** 2} MB` : `${bytes / 1024} KB`;
}

/** A link whose target is missing is not a missing file. */
async function explainOpenError(path: string, error: unknown): Promise<unknown> {
  const fault = explainFileFault(path, error);
  if (!(fault instanceof FileFault) || fault.reason !== "missing") return fault;
  const link = await lstat(path).catch(() => undefined);
  return link?.isSymbolicLink() === true
    ? new FileFault(path, "missing", "is a link that leads nowhere", { cause: error })
    : fault;
}
