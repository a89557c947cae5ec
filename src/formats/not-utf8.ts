import { isUtf8 } from "node:buffer";
import { isZstd } from "./file-format.js";
import { readUnpacked } from "./unpacked-file.js";

const LINE_END = 0x0a;

/** The first line of a text file that is not in UTF-8; undefined when all are, or when that cannot be seen here (zstd). */
export async function findLineNotUtf8(path: string): Promise<number | undefined> {
  if (isZstd(path)) return undefined;
  let before = 0;
  // Of a letter, not of a line: what is damaged may have lines of any length.
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of readUnpacked(path)) {
    const held = Buffer.concat([rest, chunk]);
    const letters = held.subarray(0, endOfLetters(held));
    if (!isUtf8(letters)) return before + firstWrong(letters);
    for (const byte of letters) if (byte === LINE_END) before += 1;
    rest = held.subarray(letters.length);
  }
  return rest.length === 0 ? undefined : before + 1;
}

/** Where the last letter ends that may be whole. */
function endOfLetters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    const continues = (byte & 0b1100_0000) === 0b1000_0000;
    if (!continues) return lengthOfLetter(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function lengthOfLetter(first: number): number {
  if (first >= 0b1111_0000) return 4;
  if (first >= 0b1110_0000) return 3;
  return first >= 0b1100_0000 ? 2 : 1;
}

/** The number of the first line that is not UTF-8, of letters that begin within line 1. */
function firstWrong(letters: Buffer): number {
  let start = 0;
  for (let number = 1; ; number += 1) {
    const end = letters.indexOf(LINE_END, start);
    if (end === -1 || !isUtf8(letters.subarray(start, end))) return number;
    start = end + 1;
  }
}
