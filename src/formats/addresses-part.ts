import type { RowsSource } from "../model/config/rows-source.js";
import type { Reading } from "../plugin/source.js";
import { convertToUtf8 } from "./in-utf8.js";
import { linesSql } from "./file-list.js";
import { mistaken, plainPart, type Part } from "./part.js";
import { findAddressLine } from "./line-of-row.js";
import { readTextHead } from "./text-head.js";
import { detectJson } from "./mistaken-file.js";

/** One file of an address a line. */
export async function examineAddresses(source: RowsSource, path: string, reading: Reading): Promise<Part> {
  const file = await convertToUtf8(source, path, reading);
  const { text } = await readTextHead(source, path, file, reading);
  const json = detectJson(text);
  if (json !== undefined) throw mistaken(source, path, json);
  return plainPart(
    path,
    "addresses",
    (files, more) =>
      `SELECT trim(line) AS email, * EXCLUDE (line) FROM (${linesSql(files, more)}) WHERE trim(line) <> ''`,
    (row, values) => findAddressLine(file, row, values),
    file,
  );
}
