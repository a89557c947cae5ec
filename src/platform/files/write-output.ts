import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join, parse, resolve } from "node:path";
import { FileFault, mustBeRegular } from "./file-fault.js";
import { isBelow, mayRead, resolvePlace } from "./is-within.js";
import type { AllowedFolders } from "./open-project-file.js";
import { streamAt, writeAll, writeAndClose, WRITE_STREAM, type OpenedStream } from "./output-stream.js";
import { homeOf } from "./repository-root.js";

/** Where a folder takes no new file, the file itself may still be written. */
const NO_NEW_FILE = ["EACCES", "EPERM", "EBUSY", "EROFS"];

export interface OutputOptions {
  /** Relative paths start here, and what lies in it is not trusted to be what its name says. */
  readonly cwd: string;
  /** Without it, that of the file before, or the usual one. */
  readonly mode?: number;
}

/** An output that is written as things happen. */
export interface OutputFile {
  write(text: string): void;
  close(): void;
}

/**
 * Writes an output that a command names, whole or not at all: beside it first,
 * then in its place. A link at the place is replaced, and in a checkout no folder
 * may be a link out of it. Elsewhere, streams such as `/dev/stdout`, `/dev/fd/3`
 * and pipes are written to. Throws `FileFault`.
 */
export async function writeOutput(named: string, text: string, options: OutputOptions): Promise<void> {
  await withOutput(named, options, (target) => {
    if ("descriptor" in target) return writeAndClose(target, text);
    const { path, mode } = target;
    const beside = newFile(path, mode);
    try {
      writeAndClose(beside, text);
      renameSync(beside.path, path);
    } catch (error) {
      rmSync(beside.path, { force: true });
      throw error;
    }
  });
}

/** The same for an output that is written as things happen: what was there is gone from the start. */
export async function openOutput(named: string, options: OutputOptions): Promise<OutputFile> {
  return withOutput(named, options, (target) => {
    const opened = "descriptor" in target ? target : inPlace(target);
    let isOpen = true;
    return {
      write: (text) => writeAll(opened.descriptor, text),
      close: () => {
        if (isOpen && opened.isOurs) closeSync(opened.descriptor);
        isOpen = false;
      },
    };
  });
}

/** Writes a file that is not there yet. Throws `FileFault`, also when something is there. */
export async function writeNewFile(named: string, text: string, options: OutputOptions): Promise<void> {
  const path = resolve(options.cwd, named);
  try {
    const place = await placeFor(path, options.cwd);
    // Also refuses a link, wherever it leads.
    writeAndClose({ descriptor: openSync(place, "wx", options.mode ?? 0o666), isOurs: true }, text);
  } catch (error) {
    throw writeFault(path, error);
  }
}

/** Throws `FileFault` when a file below this folder would not lie in the checkout that the folder is named in. */
export async function mustStayInside(folder: string, cwd: string): Promise<void> {
  const within = checkoutOf(join(folder, "file"), cwd);
  if (within === undefined || (await mayRead(folder, within))) return;
  throw new FileFault(folder, "outside", "leads out of the checkout by a link", {
    hint: "Remove the link, or name a file or folder elsewhere in full.",
  });
}

/** Where somebody else may have put links; undefined for a place that only the words of the command lead to. */
function checkoutOf(path: string, cwd: string): AllowedFolders {
  const within = homeOf(path, isBelow(cwd, path) ? [cwd] : undefined);
  return within?.[0] === parse(path).root ? undefined : within;
}

interface Place {
  /** Without links but for the last name. */
  readonly path: string;
  readonly mode: number;
}

async function withOutput<Result>(
  named: string,
  { cwd, mode }: OutputOptions,
  work: (target: OpenedStream | Place) => Result,
): Promise<Result> {
  const path = resolve(cwd, named);
  try {
    const stream = checkoutOf(path, cwd) === undefined ? streamAt(path) : undefined;
    if (stream !== undefined) return work(stream);
    const place = await placeFor(path, cwd);
    const there = lstatSync(place, { throwIfNoEntry: false });
    if (there !== undefined && !there.isSymbolicLink()) mustBeRegular(path, there);
    const before = there?.isFile() === true ? there.mode & 0o777 : undefined;
    const target = { path: place, mode: mode ?? before ?? 0o666 & ~process.umask() };
    try {
      return work(target);
    } catch (error) {
      if (there?.isFile() !== true || !NO_NEW_FILE.includes(codeOf(error))) throw error;
      return work(emptyFile(place, mode));
    }
  } catch (error) {
    throw writeFault(path, error);
  }
}

/** The path with its folders' links followed, as far as they may be. */
async function placeFor(path: string, cwd: string): Promise<string> {
  const folder = dirname(path);
  await mustStayInside(folder, cwd);
  return join(await resolvePlace(folder), basename(path));
}

function newFile(path: string, mode: number): OpenedStream & Place {
  // No name that a link could be waiting under.
  const beside = join(dirname(path), `.rollcall-${randomUUID()}.tmp`);
  const descriptor = openSync(beside, "wx", mode);
  fchmodSync(descriptor, mode);
  return { descriptor, isOurs: true, path: beside, mode };
}

function inPlace({ path, mode }: Place): OpenedStream {
  const made = newFile(path, mode);
  try {
    renameSync(made.path, path);
    return made;
  } catch (error) {
    closeSync(made.descriptor);
    rmSync(made.path, { force: true });
    throw error;
  }
}

function emptyFile(path: string, mode: number | undefined): OpenedStream {
  const descriptor = openSync(path, WRITE_STREAM | (constants.O_NOFOLLOW ?? 0));
  try {
    mustBeRegular(path, fstatSync(descriptor));
    if (mode !== undefined) fchmodSync(descriptor, mode);
    ftruncateSync(descriptor);
    return { descriptor, isOurs: true };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown";
}

function writeFault(path: string, error: unknown): FileFault {
  if (error instanceof FileFault) return error;
  const code = codeOf(error);
  if (code === "EEXIST") return new FileFault(path, "exists", "is already there", { cause: error });
  const why = code === "ENXIO" ? "is a pipe that nobody reads" : `cannot be written (${code})`;
  return new FileFault(path, "unreadable", why, { cause: error });
}
