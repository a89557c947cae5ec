import type { BigIntStats, Stats } from "node:fs";
import { Failure } from "../../model/failure.js";

type Reason = "missing" | "outside" | "not-a-file" | "too-large" | "changed" | "unreadable" | "exists";

const KIND = {
  missing: "not-found",
  outside: "invalid",
  "not-a-file": "invalid",
  "too-large": "invalid",
  changed: "transient",
  unreadable: "invalid",
  exists: "invalid",
} as const;

/** Why a file that somebody named cannot be used; never with a word of what it holds. */
export class FileFault extends Failure {
  readonly reason: Reason;
  /** The predicate alone, for a sentence that names the file as people know it. */
  readonly why: string;

  constructor(path: string, reason: Reason, why: string, options: { hint?: string; cause?: unknown } = {}) {
    super(KIND[reason], `${shownPath(path)} ${why}.`, options);
    this.reason = reason;
    this.why = why;
  }
}

/** A path on one line, whatever characters somebody put into it. */
export function shownPath(path: string): string {
  return path
    .replace(/(?<=.)\/$/u, "")
    .replaceAll(
      /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
      (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`,
    );
}

/** What an error of the file system says of a file; other errors pass. */
export function explainFileFault(path: string, error: unknown): unknown {
  if (error instanceof Failure) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== "string" || code === "ABORT_ERR") return error;
  const [reason, why] = WHY[code] ?? ["unreadable", `cannot be read (${code})`];
  // Names come as text, and what is not UTF-8 in them is lost on the way.
  const garbled = reason === "missing" && path.includes("\ufffd");
  return new FileFault(path, reason, garbled ? "has a name that is not UTF-8" : why, { cause: error });
}

/** What is wrong with one file and with no other. */
const OF_ONE_FILE = [
  "EACCES",
  "EPERM",
  "ENOENT",
  "ENOTDIR",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENXIO",
  "EIO",
  "EBUSY",
];

/** What an error says of a file that nobody foresaw; undefined for trouble with more than that, and for defects of ours. */
export function explainForeignFault(error: unknown): FileFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = "", path } = error as NodeJS.ErrnoException;
  if (typeof path !== "string" || !OF_ONE_FILE.includes(code)) return undefined;
  return new FileFault(path, "unreadable", `cannot be read or written (${code})`, {
    hint: "Check what is there and its permissions.",
    cause: error,
  });
}

const WHY: Readonly<Record<string, readonly [Reason, string]>> = {
  ENOENT: ["missing", "does not exist"],
  ENOTDIR: ["missing", "does not exist"],
  EACCES: ["unreadable", "cannot be read: permission denied (EACCES)"],
  EPERM: ["unreadable", "cannot be read: permission denied (EPERM)"],
  ELOOP: ["unreadable", "is a link that leads back to itself (ELOOP)"],
  ENAMETOOLONG: ["unreadable", "has a name that is too long (ENAMETOOLONG)"],
  ENXIO: ["not-a-file", "is a socket or device"],
  EISDIR: ["not-a-file", "is a folder"],
  ERR_INVALID_ARG_VALUE: ["unreadable", "has a name that no file can have"],
};

/** Throws unless this is a file like any other. */
export function mustBeRegular(path: string, info: Stats | BigIntStats): void {
  if (info.isFile()) return;
  const what = info.isDirectory()
    ? "a folder"
    : info.isFIFO()
      ? "a named pipe"
      : info.isSocket()
        ? "a socket"
        : info.isSymbolicLink()
          ? "a link"
          : "a device";
  throw new FileFault(path, "not-a-file", `is ${what} and not a file`);
}
