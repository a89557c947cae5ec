import { createWriteStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Failure } from "../../model/failure.js";
import type { FilesSource } from "../../model/source.js";
import { shownPath } from "../../platform/file-fault.js";
import { openProjectFile } from "../../platform/open-project-file.js";
import type { Reading } from "../../plugin/source.js";
import { decoderOf, NotEncodedSo } from "./decoders.js";

/** The file itself, or a copy of it in UTF-8 when the source says that it is in another encoding. */
export async function inUtf8(source: FilesSource, path: string, reading: Reading): Promise<string> {
  const { encoding = "UTF-8" } = source.rules;
  if (encoding === "UTF-8") return path;
  const file = `Source "${source.name}": ${shownPath(basename(path))}`;
  if (/\.zst$/i.test(path))
    throw new Failure("invalid", `${file} is packed with zstd, and such files have to be in UTF-8.`, {
      hint: "Pack it with gzip, or write it in UTF-8.",
    });
  const copy = reading.scratch(`${source.name}/${path}`);
  const { handle } = await openProjectFile(path, [path]);
  try {
    await pipeline([
      handle.createReadStream({ start: 0, autoClose: false }),
      ...(/\.gz$/i.test(path) ? [createGunzip()] : []),
      decoderOf(encoding),
      createWriteStream(copy, { mode: 0o600 }),
    ]);
    return copy;
  } catch (error) {
    // What is wrong with how it is packed is told where the whole file is looked at.
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_") === true) return path;
    if (!(error instanceof NotEncodedSo)) throw error;
    throw new Failure("invalid", `${file} is not in ${encoding} (line ${error.line}).`, { hint: error.hint });
  } finally {
    await handle.close();
  }
}
