import type { FilesSource } from "./files-source.js";
import type { Reading } from "../../plugin/source.js";
import { inUtf8 } from "./in-utf8.js";
import { linesSql } from "./file-list.js";
import { mistaken, plainPart, type Part } from "./part.js";
import { addressLine } from "./line-of-row.js";
import { textHead } from "./text-head.js";
import { isJson } from "./what-it-is.js";

/** One file of an address a line. */
export async function addressesPart(source: FilesSource, path: string, reading: Reading): Promise<Part> {
  const file = await inUtf8(source, path, reading);
  const { text } = await textHead(source, path, file, reading);
  const json = isJson(text);
  if (json !== undefined) throw mistaken(source, path, json);
  return plainPart(
    path,
    "addresses",
    (files, more) =>
      `SELECT trim(line) AS email, * EXCLUDE (line) FROM (${linesSql(files, more)}) WHERE trim(line) <> ''`,
    (row, values) => addressLine(file, row, values),
    file,
  );
}
