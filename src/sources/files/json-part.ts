import { basename } from "node:path";
import { Failure } from "../../model/failure.js";
import type { FilesSource } from "../../model/source.js";
import { shownPath } from "../../platform/file-fault.js";
import type { Reading } from "../../plugin/source.js";
import { textHead } from "./text-head.js";
import { fileList, mistaken, plainPart, type Part } from "./part.js";

/** One file of JSON: an object a line, or one array of objects. */
export async function jsonPart(source: FilesSource, path: string, reading: Reading): Promise<Part> {
  const { text } = await textHead(source, path, path, reading);
  const start = text.trimStart();
  if (!start.startsWith("[")) return plainPart(path, "lines", (files) => reader(files, "newline_delimited"));
  const [, first] = /^\[\s*(\S)/u.exec(start) ?? [];
  if (first === "]")
    throw new Failure("invalid", `Source "${source.name}": ${shownPath(basename(path))} is an empty array.`, {
      hint: "It may have been emptied by mistake. Write it again, or take it away.",
    });
  if (first !== "{")
    throw mistaken(source, path, {
      is: "a JSON array of something else than objects",
      hint: 'Write one object a person, e.g. `[{"email": …}, …]`.',
    });
  return plainPart(path, "array", (files) => reader(files, "array"));
}

function reader(files: readonly string[], format: "newline_delimited" | "array"): string {
  // Every row is looked at: a name or a type that first comes far down is part of the data too.
  // No text is in these date formats: the engine's own guess takes "12-11-10" for a date and rewrites it.
  return `SELECT * FROM read_json(${fileList(files)}, format = '${format}', union_by_name = true, sample_size = -1, dateformat = '|%Y|', timestampformat = '|%Y|')`;
}
