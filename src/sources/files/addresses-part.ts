import type { FilesSource } from "../../model/source.js";
import type { Reading } from "../../plugin/source.js";
import { fileList, mistaken, plainPart, type Part } from "./part.js";
import { textHead } from "./text-head.js";
import { isJson } from "./what-it-is.js";

/** One file of an address a line. */
export async function addressesPart(source: FilesSource, path: string, reading: Reading): Promise<Part> {
  const { text } = await textHead(source, path, path, reading);
  const json = isJson(text);
  if (json !== undefined) throw mistaken(source, path, json);
  return plainPart(
    path,
    "addresses",
    // No text holds the delimiter, so that every line is one value.
    (files) =>
      `SELECT trim(line) AS email FROM read_csv(${fileList(files)}, header = false, auto_detect = false, columns = {'line': 'VARCHAR'}, delim = '\x1f', quote = '', escape = '', comment = '') WHERE trim(line) <> ''`,
  );
}
