import { closeSync, constants, fstatSync, openSync, statSync, writeSync, type Stats } from "node:fs";
import { FileFault } from "./file-fault.js";

/** Not to wait for a reader of a pipe, not to take a terminal. */
export const WRITE_STREAM = constants.O_WRONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
const WAIT_MS = 5;

/** Something that bytes can be written to. */
export interface OpenedStream {
  readonly descriptor: number;
  /** To be closed. */
  readonly isOurs: boolean;
}

/** The stream that a path means: one of this process, a pipe or a character device; undefined for a file. */
export function streamAt(path: string): OpenedStream | undefined {
  const number = descriptorOf(path);
  const info = number === undefined ? statIfThere(path) : fstatSync(number);
  if (info?.isFIFO() === true || info?.isCharacterDevice() === true)
    return { descriptor: openSync(path, WRITE_STREAM), isOurs: true };
  if (number === undefined) return undefined;
  // Opened again, a file would be written from its start, and a socket cannot be.
  if (info?.isFile() === true || info?.isSocket() === true) return { descriptor: number, isOurs: false };
  throw new FileFault(path, "not-a-file", "is nothing that can be written to");
}

function descriptorOf(path: string): number | undefined {
  if (path === "/dev/stdout") return 1;
  if (path === "/dev/stderr") return 2;
  const match = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(path);
  return match === null ? undefined : Number(match[1]);
}

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

export function writeAndClose({ descriptor, isOurs }: OpenedStream, text: string): void {
  try {
    writeAll(descriptor, text);
  } finally {
    if (isOurs) closeSync(descriptor);
  }
}

export function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      // The reader of a pipe is behind.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
