import { createWriteStream } from "node:fs";
import { basename } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Failure } from "../model/failure.js";
import type { RowsSource } from "../model/config/rows-source.js";
import { shownPath } from "../platform/files/file-fault.js";
import type { Reading } from "../plugin/source.js";
import { createDecoder, NotEncodedSo } from "./decoders.js";
import { isZstd } from "./file-format.js";
import { readUnpacked } from "./unpacked-file.js";

/** The file itself, or a copy of it in UTF-8 when the source says that it is in another encoding. */
export async function convertToUtf8(source: RowsSource, path: string, reading: Reading): Promise<string> {
  const { encoding = "UTF-8" } = source.rules;
  if (encoding === "UTF-8") return path;
  const file = `Source "${source.name}": ${shownPath(basename(path))}`;
  if (isZstd(path))
    throw new Failure("invalid", `${file} is packed with zstd, and such files have to be in UTF-8.`, {
      hint: "Pack it with gzip, or write it in UTF-8.",
    });
  const copy = reading.scratch(`${source.name}/${path}`);
  try {
    await pipeline(
      readUnpacked(path),
      createDecoder(encoding),
      atMost(reading.scratchBytes),
      createWriteStream(copy, { mode: 0o600 }),
      { signal: reading.signal },
    );
    return copy;
  } catch (error) {
    if (error instanceof TooLarge)
      throw new Failure("permanent", `${file} is too large to be copied in UTF-8.`, {
        hint: "Write it in UTF-8, or raise `sql.disk` in the config.",
      });
    // What is wrong with how it is packed is told where the whole file is looked at.
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_") === true) return path;
    if (!(error instanceof NotEncodedSo)) throw error;
    throw new Failure("invalid", `${file} is not in ${encoding} (line ${error.line}).`, { hint: error.hint });
  }
}

class TooLarge extends Error {}

/** Little may be unpacked to so much that the disk is full. */
function atMost(bytes: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length;
      if (passed > bytes) done(new TooLarge());
      else done(undefined, chunk);
    },
  });
}
