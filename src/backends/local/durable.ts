import { randomUUID } from "node:crypto";
import { link, lstat, mkdir, open, rm, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BlobContent } from "../../plugin/state-backend.js";
import { FileFault } from "../../platform/files/file-fault.js";
import { isWithin } from "../../platform/files/is-within.js";
import { findPlace, readProjectFile } from "../../platform/files/open-project-file.js";
import { processIdentity } from "../../platform/process-identity.js";
import { sweepFiles } from "../../platform/files/sweep.js";

const CHUNK = 1 << 20;
/** What is read into memory: root documents, leases and pieces of journals. */
const MAX_BYTES = 1024 ** 3;

/** How a new name comes to be; replaced only to test a lost answer. */
export type Link = (existing: string, fresh: string) => Promise<void>;

/**
 * Files that appear whole or not at all: written under `tmp/`, flushed to disk,
 * then given their name by a hard link, which fails if the name is taken. The
 * folder is flushed too, so that a name that was reported stays after a power
 * cut. A crash leaves at most a file in `tmp/`, named after its process.
 */
export class DurableFiles {
  readonly #folder: string;
  readonly #temp: string;
  readonly #link: Link;

  constructor(folder: string, linkFile: Link = link) {
    this.#folder = folder;
    this.#temp = join(folder, "tmp");
    this.#link = linkFile;
  }

  /** Creates `target` with this content, or does nothing and returns false when it exists. */
  async create(target: string, content: BlobContent, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    await this.mustHold(target);
    await makeFolder(dirname(target));
    await makeFolder(this.#temp);
    const temp = join(this.#temp, `${processIdentity}.${randomUUID()}`);
    try {
      await writePrivate(temp, content, signal, { flush: true });
      const created = await this.#linkNew(temp, target);
      await syncFolder(dirname(target));
      return created;
    } finally {
      await rm(temp, { force: true });
    }
  }

  /** An answer can be lost on network file systems although the link was made; then both names are one file. */
  async #linkNew(temp: string, target: string): Promise<boolean> {
    try {
      await this.#link(temp, target);
      return true;
    } catch (error) {
      const [ours, theirs] = await Promise.all([stat(temp), stat(target).catch(() => undefined)]);
      if (theirs !== undefined && ours.ino === theirs.ino && ours.dev === theirs.dev) return true;
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  }

  /** The bytes of a file of the folder. Throws the system's ENOENT when it is not there. */
  read(path: string): Promise<Uint8Array> {
    return asSystem(path, () => readProjectFile(path, { within: [this.#folder], maxBytes: MAX_BYTES }));
  }

  /** Whether a file of the folder is there; throws when something else is. */
  async has(path: string): Promise<boolean> {
    try {
      await asSystem(path, () => findPlace(path, [this.#folder]));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
      throw error;
    }
  }

  /** Throws when a name would not lie in the folder: a checkout may have brought links along. */
  async mustHold(path: string): Promise<void> {
    if (await isWithin(dirname(path), [this.#folder])) return;
    throw new FileFault(dirname(path), "outside", "is a link that leads out of the state folder", {
      hint: "Remove the link. Nothing was read or changed there.",
    });
  }

  /** Removes what dead processes left in `tmp/`. */
  sweep(): Promise<void> {
    return sweepFiles(this.#temp, (name) => name);
  }
}

/** What went wrong with the state's own files is explained as the folder's; a link that leads nowhere is not a file that is missing. */
async function asSystem<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const ours = error instanceof FileFault && error.cause instanceof Error ? error.cause : undefined;
    if (ours === undefined || ((ours as NodeJS.ErrnoException).code === "ENOENT" && (await isLink(path))))
      throw error;
    throw ours;
  }
}

/** Not what has come to be there meanwhile: another account may have stored the same content. */
function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (info) => info.isSymbolicLink(),
    () => false,
  );
}

/** Makes a folder and its parents, private, and flushes the parents that got a new entry. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Writes a new file that only we may read; stops soon after an abort. */
export async function writePrivate(
  path: string,
  content: BlobContent,
  signal: AbortSignal,
  { flush = false } = {},
): Promise<void> {
  const target = await open(path, "wx", 0o600);
  try {
    if ("bytes" in content) await writeBytes(target, content.bytes, signal);
    else await copyInto(target, content.path, signal);
    if (flush) await target.sync();
  } finally {
    await target.close();
  }
}

async function writeBytes(target: FileHandle, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    signal.throwIfAborted();
    await writeAll(target, bytes.subarray(at, at + CHUNK));
  }
}

async function copyInto(target: FileHandle, from: string, signal: AbortSignal): Promise<void> {
  const source = await open(from, "r");
  try {
    const buffer = new Uint8Array(CHUNK);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await source.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return;
      await writeAll(target, buffer.subarray(0, bytesRead));
    }
  } finally {
    await source.close();
  }
}

/** A short write means that the disk filled up in the middle; the next one says so. */
async function writeAll(target: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await target.write(bytes, at)).bytesWritten;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } catch (error) {
    // Some file systems cannot flush folders and say so; there is nothing better to do there.
    if (!["EINVAL", "EISDIR", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await folder.close();
  }
}
