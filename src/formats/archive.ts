import type { FileHandle } from "node:fs/promises";
import { basename, extname } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Failure } from "../model/failure.js";
import { shownPath } from "../platform/files/file-fault.js";
import { openProjectFile } from "../platform/files/open-project-file.js";
import { isCompressed, isGzip, isZstd } from "./file-format.js";

const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;

type Flaw = "is cut off" | "is damaged" | "is empty";

const HINT = {
  "is cut off": "Copy or write the file again; its compressed data ends too early.",
  "is damaged": "Copy or write the file again; its compressed data is not as it was written.",
  "is empty": "It may have been emptied by mistake. Write it again, or take it away.",
};

/** Throws when a file that is called compressed does not begin so; an empty one is cut off. */
export function checkPacking(source: string, path: string, start: Buffer): void {
  if (!isCompressed(path) || start.length === 0) return;
  const name = isGzip(path) ? "gzip" : "zstd";
  const magic = name === "gzip" ? start[0] === 0x1f && (start[1] ?? 0x8b) === 0x8b : startsAsZstd(start);
  if (magic) return;
  throw new Failure(
    "invalid",
    `Source "${source}": ${shownPath(basename(path))} is not packed with ${name}, although its name says so.`,
    { hint: `Pack it, or take ${extname(path)} from its name.` },
  );
}

function startsAsZstd(start: Buffer): boolean {
  const magic = start.length < 4 ? 0 : start.readUInt32LE(0);
  return magic === FRAME || (magic & 0xfffffff0) >>> 0 === SKIPPABLE;
}

/**
 * Throws unless a compressed file is whole. The engine reads what there is of a
 * cut-off one without a word, and the people at its end would count as gone.
 */
export async function checkArchive(source: string, path: string, signal: AbortSignal): Promise<void> {
  const { handle, info } = await openProjectFile(path, [path]);
  try {
    const size = Number(info.size);
    const flaw = isZstd(path) ? await flawOfZstd(handle, size) : await flawOfGzip(handle, size, signal);
    if (flaw !== undefined)
      throw new Failure("invalid", `Source "${source}": ${basename(path)} ${flaw}.`, { hint: HINT[flaw] });
  } finally {
    await handle.close();
  }
}

/** Unpacks to nowhere, which also compares the checksum. */
async function flawOfGzip(handle: FileHandle, size: number, signal: AbortSignal): Promise<Flaw | undefined> {
  const packed = handle.createReadStream({ start: 0, autoClose: false });
  const unpack = createGunzip();
  try {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    await pipeline(packed, unpack, nowhere, { signal });
    // What follows the end is ignored here, and the engine fails on it.
    return unpack.bytesWritten < size ? "is damaged" : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") return "is cut off";
    if (code?.startsWith("Z_") === true) return "is damaged";
    throw error;
  }
}

/** Walks the frames and blocks by their headers (RFC 8878, 3.1); the last must end where the file does. */
async function flawOfZstd(handle: FileHandle, size: number): Promise<Flaw | undefined> {
  let end = 0;
  let filled = false;
  while (end < size) {
    const frame = await readFrame(handle, end);
    if (frame === undefined || frame.end > size) return "is cut off";
    end = frame.end;
    filled ||= frame.filled;
  }
  return filled ? undefined : "is empty";
}

interface Frame {
  readonly end: number;
  /** Whether it holds anything. */
  readonly filled: boolean;
}

/** Undefined when the file ends inside the frame, or what is there is none. */
async function readFrame(file: FileHandle, start: number): Promise<Frame | undefined> {
  const head = await readAt(file, start, 8);
  if (head === undefined) return undefined;
  const magic = head.readUInt32LE(0);
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE)
    return { end: start + 8 + head.readUInt32LE(4), filled: false };
  if (magic !== FRAME) return undefined;
  const descriptor = head.readUInt8(4);
  const single = (descriptor & 0x20) !== 0;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  let at = start + 5 + (single ? 0 : 1) + dictionaryBytes + sizeBytes;
  let filled = false;
  for (let last = false; !last;) {
    const block = (await readAt(file, at, 3))?.readUIntLE(0, 3);
    if (block === undefined) return undefined;
    last = (block & 1) === 1;
    const repeated = ((block >> 1) & 3) === 1;
    at += 3 + (repeated ? 1 : block >> 3);
    filled ||= block >> 3 > 0;
  }
  return { end: at + ((descriptor & 0x04) === 0 ? 0 : 4), filled };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : undefined;
}
