import { constants, gunzipSync } from "node:zlib";
import { openProjectFile } from "../../platform/open-project-file.js";

const CANDIDATES = [",", ";", "\t", "|"] as const;

/** A header is hardly longer than this. */
const HEAD_BYTES = 64 * 1024;

/** The delimiter that stands most often in the first header; undefined when that cannot be read here (zstd). */
export async function findDelimiter(paths: readonly string[]): Promise<string | undefined> {
  const [first] = paths;
  if (first === undefined || /\.zst$/i.test(first)) return undefined;
  const [header = ""] = (await readHead(first)).replaceAll(/"[^"]*"/g, "").split(/[\r\n]/, 1);
  const counts = CANDIDATES.map((candidate) => header.split(candidate).length);
  return CANDIDATES[counts.indexOf(Math.max(...counts))];
}

/** The first of a file's text, unpacked; of a zstd file as it is. */
export async function readHead(path: string): Promise<string> {
  const { handle: file } = await openProjectFile(path, [path]);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    return (/\.gz$/i.test(path) ? unpacked(head) : head).toString("utf8");
  } finally {
    await file.close();
  }
}

/** Nothing of what is damaged, which the engine says. */
function unpacked(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
