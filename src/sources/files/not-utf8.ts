import { isUtf8 } from "node:buffer";
import { createGunzip } from "node:zlib";
import { openProjectFile } from "../../platform/open-project-file.js";

const LINE_END = 0x0a;

/** The first line of a text file that is not in UTF-8; undefined when all are, or when that cannot be seen here (zstd). */
export async function lineNotUtf8(path: string): Promise<number | undefined> {
  if (/\.zst$/i.test(path)) return undefined;
  const { handle } = await openProjectFile(path, [path]);
  try {
    const bytes = handle.createReadStream({ start: 0, autoClose: false });
    let before = 0;
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of /\.gz$/i.test(path) ? bytes.pipe(createGunzip()) : bytes) {
      const held = Buffer.concat([rest, chunk as Buffer]);
      const end = held.lastIndexOf(LINE_END) + 1;
      const lines = held.subarray(0, end);
      if (!isUtf8(lines)) return before + firstWrong(lines);
      before += lines.filter((byte) => byte === LINE_END).length;
      rest = held.subarray(end);
    }
    return isUtf8(rest) ? undefined : before + 1;
  } finally {
    await handle.close();
  }
}

/** The number of the first line that is not UTF-8. */
function firstWrong(lines: Buffer): number {
  let start = 0;
  for (let number = 1; ; number += 1) {
    const end = lines.indexOf(LINE_END, start);
    if (end === -1 || !isUtf8(lines.subarray(start, end))) return number;
    start = end + 1;
  }
}
