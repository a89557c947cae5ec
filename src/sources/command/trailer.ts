import { open } from "node:fs/promises";
import { Failure } from "../../model/failure.js";

const TAIL_BYTES = 4096;

/**
 * Takes the last line off a file, and answers the number of rows that it tells. Throws `Failure("invalid")` where it
 * is not written as `trailer` says: whatever wrote the file did not come to its end.
 */
export async function takeTrailer(path: string, trailer: string): Promise<number> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start);
    // A letter a byte: the trailer is in ASCII, and so are line ends in every encoding that it is allowed with.
    const tail = buffer.toString("latin1", 0, bytesRead);
    const [, before = "", line = ""] = /^([^]*[\r\n]|)([^\r\n]+)[\r\n]*$/.exec(tail) ?? [];
    const [, rows] = patternOf(trailer).exec(line) ?? [];
    if (rows === undefined)
      throw new Failure("invalid", "its output does not end with its `trailer`, so it may be cut off.", {
        hint: "Run the program by hand, and compare its last line with `trailer`, blank by blank.",
      });
    // Some programs set it off with empty lines.
    const kept = before.replace(/(\r\n|\r|\n)[\r\n]*$/, "$1");
    await file.truncate(start + kept.length);
    return Number(rows);
  } finally {
    await file.close();
  }
}

function patternOf(trailer: string): RegExp {
  const [before = "", after = ""] = trailer
    .split("{rows}")
    .map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`^${before}(\\d+)${after}$`);
}
