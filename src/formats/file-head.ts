import { constants, gunzipSync } from "node:zlib";
import { openProjectFile } from "../platform/files/open-project-file.js";
import type { Reading } from "../plugin/source.js";
import { isGzip, isZstd } from "./file-format.js";
import { linesSql } from "./file-list.js";

/** A header is hardly longer than this. */
const HEAD_BYTES = 64 * 1024;
const HEAD_LINES = 5;

/** How a file begins. */
export interface FileHead {
  /** As they lie in the file. */
  readonly raw: Buffer;
  /** Unpacked; empty when it cannot be unpacked, and for a file packed with zstd, which the engine alone can unpack. */
  readonly bytes: Buffer;
  /** Whether that is all there is of the file. */
  readonly whole: boolean;
}

export async function readHead(path: string): Promise<FileHead> {
  const { handle: file, info } = await openProjectFile(path, [path]);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const raw = buffer.subarray(0, bytesRead);
    const whole = bytesRead >= Number(info.size);
    if (isZstd(path)) return { raw, bytes: Buffer.alloc(0), whole };
    const all = isGzip(path) ? unpacked(raw) : raw;
    // Little may be packed so that it is very much.
    return { raw, bytes: all.subarray(0, HEAD_BYTES), whole: whole && all.length <= HEAD_BYTES };
  } finally {
    await file.close();
  }
}

/** Nothing of what is damaged, which is told when the whole file is looked at. */
function unpacked(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** The first lines of a file packed with zstd, as the engine unpacks them. */
export async function readFirstLines(path: string, { query }: Reading): Promise<Buffer> {
  const rows = await query<{ line: string | null }>(`${linesSql([path])} LIMIT ${HEAD_LINES}`);
  return Buffer.from(rows.map(({ line }) => `${line ?? ""}\n`).join(""));
}
