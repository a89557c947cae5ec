import { basename } from "node:path";
import { Failure } from "../model/failure.js";
import type { RowsSource } from "../model/config/rows-source.js";
import { shownPath } from "../platform/files/file-fault.js";
import type { Reading } from "../plugin/source.js";
import { checkArchive, checkPacking } from "./archive.js";
import { isCompressed, isZstd } from "./file-format.js";
import { readFirstLines, readHead } from "./file-head.js";
import { mistaken } from "./part.js";
import { detectNonText, detectOtherText } from "./mistaken-file.js";

export interface TextHead {
  /** How the file begins, without a byte-order mark. */
  readonly text: string;
  /** Whether it is all of the file. */
  readonly whole: boolean;
}

/** The first of a file that has to hold text, of which `file` is a copy in UTF-8 or the file itself. Throws when it holds something else, or nothing. */
export async function readTextHead(
  source: RowsSource,
  path: string,
  file: string,
  reading: Reading,
): Promise<TextHead> {
  const head = await readHead(file);
  checkPacking(source.name, file, head.raw);
  const byEngine = isZstd(file);
  const bytes = byEngine ? await readFirstLines(file, reading) : head.bytes;
  const found = detectNonText(bytes);
  if (found !== undefined) throw mistaken(source, path, found);
  const text = bytes.toString("utf8").replace(/^\ufeff/u, "");
  const other = detectOtherText(text);
  if (other !== undefined) throw mistaken(source, path, other);
  if (text.trim() !== "") return { text, whole: head.whole && !byEngine };
  if (isCompressed(file)) await checkArchive(source.name, file, reading.signal);
  throw emptyFile(source, path);
}

/** Beside others, the engine passes over a file without a heading or a row. */
function emptyFile(source: RowsSource, path: string): Failure {
  return new Failure("invalid", `Source "${source.name}": ${shownPath(basename(path))} is empty.`, {
    hint: "It may have been emptied by mistake. Write it again, or take it away.",
  });
}
