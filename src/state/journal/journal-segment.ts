import { createHash } from "node:crypto";
import { Failure } from "../../model/failure.js";
import type { JournalEntry } from "./journal-entry.js";

/** What is written to a journal at once. */
export interface Segment {
  /** Random; tells our segment from one of the same name that another process wrote. */
  readonly id: string;
  readonly entries: readonly JournalEntry[];
}

const VERSION = 1;
const START =
  /^\{"formatVersion":(\d{1,9}),"bytes":(\d{1,15}),"sha256":"([0-9a-f]{64})","start":"[0-9a-f]{16}",/;
/** No start is longer. */
const START_BYTES = 160;

/** A segment as JSON that begins with the length and hash of the rest, and a hash of these. */
export function encodeSegment(segment: Segment): Buffer {
  const rest = Buffer.from(JSON.stringify(segment, masked).slice(1));
  return Buffer.concat([Buffer.from(startOf(rest.length, digest(rest))), rest]);
}

/** Undefined when the bytes end too early, as after a crash; throws when they are not what was written. */
export function decodeSegment(bytes: Uint8Array, what: string): Segment | undefined {
  const head = Buffer.from(bytes.subarray(0, START_BYTES)).toString("latin1");
  const version = Number(/^\{"formatVersion":(\d{1,9})\b/.exec(head)?.[1] ?? VERSION);
  if (version > VERSION) {
    throw new Failure("invalid", `${what} was written by a newer rollcall.`, {
      hint: "Install the version of rollcall that your team uses; nothing was changed.",
    });
  }
  const [start, , length, sha256 = ""] = START.exec(head) ?? [];
  if (start === undefined) {
    if (bytes.length < START_BYTES) return undefined;
    throw damaged(what);
  }
  if (start !== startOf(Number(length), sha256)) throw damaged(what);
  const rest = bytes.subarray(start.length);
  if (rest.length < Number(length)) return undefined;
  if (rest.length > Number(length) || digest(rest) !== sha256) throw damaged(what);
  return JSON.parse(`{${Buffer.from(rest).toString("utf8")}`) as Segment;
}

/** The journal holds no personal data: a word with an at sign in a destination's reason is taken out. */
function masked(key: string, value: unknown): unknown {
  return key === "reason" && typeof value === "string"
    ? value.replaceAll(/(?<!\S)[^\s@]*@\S*/g, "•••")
    : value;
}

/** Its own hash tells a length that was changed from a file that was cut off. */
function startOf(length: number, sha256: string): string {
  const check = digest(Buffer.from(`${length} ${sha256}`)).slice(0, 16);
  return `{"formatVersion":${VERSION},"bytes":${length},"sha256":"${sha256}","start":"${check}",`;
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function damaged(what: string): Failure {
  return new Failure("permanent", `${what} is damaged: it is not what was written.`, {
    hint: "It belongs to a run that has not ended. Restore this file, or the whole state, from a backup.",
  });
}
