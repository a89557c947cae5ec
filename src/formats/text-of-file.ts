import { isZstd } from "./file-format.js";
import { readUnpacked } from "./unpacked-file.js";

/** As much of a file is read again to find a line. */
const MOST_BYTES = 32 * 1024 ** 2;
const LINE_END = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The text of a file, unpacked, as far as it is looked at; nothing of what the engine alone can unpack (zstd). */
export async function* readText(path: string): AsyncGenerator<Buffer> {
  if (isZstd(path)) return;
  let left = MOST_BYTES;
  for await (const chunk of readUnpacked(path)) {
    left -= chunk.length;
    if (left < 0) return;
    yield chunk;
  }
}

/** The same line by line, many at a time, without their ends. */
export async function* readLines(path: string): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = [];
  for await (const chunk of readText(path)) {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END, start)) {
      const line = chunk.subarray(start, end);
      lines.push(withoutReturn(rest.length === 0 ? line : Buffer.concat([...rest, line])));
      rest = [];
      start = end + 1;
    }
    rest.push(chunk.subarray(start));
    yield lines;
  }
  const last = Buffer.concat(rest);
  if (last.length > 0) yield [withoutReturn(last)];
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
