import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { openProjectFile } from "../platform/files/open-project-file.js";
import { isGzip } from "./file-format.js";

/** The bytes of a file as they come, without gzip. What is packed with zstd, only the engine can unpack. */
export async function* readUnpacked(path: string): AsyncGenerator<Buffer> {
  const { handle } = await openProjectFile(path, [path]);
  const bytes = handle.createReadStream({ start: 0, autoClose: false });
  try {
    // A fault of either comes out where the bytes are taken.
    const unpacked = isGzip(path) ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
    for await (const chunk of unpacked) yield chunk as Buffer;
  } finally {
    bytes.destroy();
    await handle.close();
  }
}
