import { basename } from "node:path";
import { Failure } from "../model/failure.js";
import type { RowsSource } from "../model/config/rows-source.js";
import { shownPath } from "../platform/files/file-fault.js";
import type { Reading } from "../plugin/source.js";
import { readDescribedNames } from "./described-names.js";
import { readTextHead } from "./text-head.js";
import { fileListSql } from "./file-list.js";
import { mistaken, plainPart, type Part } from "./part.js";
import { findJsonLine } from "./json-line.js";
import type { Columns } from "./same-columns.js";

/** How the objects of a file follow each other. */
type Layout = "newline_delimited" | "array";

/** So many objects show most of the names that there are. */
const FIRST_OBJECTS = 20_480;
/** Every row is looked at: a name or a type that first comes far down is part of the data too. */
const ALL_OBJECTS = -1;

/** One file of JSON: an object a line, or one array of objects. */
export async function examineJson(source: RowsSource, path: string, reading: Reading): Promise<Part> {
  const layout = await layoutOf(source, path, reading);
  return {
    ...plainPart(
      path,
      layout,
      (files, more) => reader(files, layout, ALL_OBJECTS, more),
      (row, values) => findJsonLine(path, row, values),
    ),
    columns: (asked) => readKeys(path, layout, asked),
  };
}

/** Names in the first objects of a file. */
export async function readFirstNames(
  source: RowsSource,
  path: string,
  reading: Reading,
): Promise<readonly string[]> {
  return readDescribedNames(reader([path], await layoutOf(source, path, reading), FIRST_OBJECTS), reading);
}

async function layoutOf(source: RowsSource, path: string, reading: Reading): Promise<Layout> {
  const { text } = await readTextHead(source, path, path, reading);
  const start = text.trimStart();
  if (!start.startsWith("[")) return "newline_delimited";
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
  return "array";
}

/** The keys of the objects in a file, and those of them that some objects do without. */
async function readKeys(path: string, layout: Layout, { query }: Reading): Promise<Columns> {
  const rows = await query<{ key: string | null; objects: number }>(
    `SELECT key, count(*) AS objects FROM (
       SELECT unnest(list_append(list_distinct(json_keys(json)), NULL)) AS key
       FROM read_json_objects(${fileListSql([path])}, format = '${layout}')
     ) GROUP BY key ORDER BY key`,
  );
  const all = rows.find(({ key }) => key === null)?.objects;
  const keys = rows.flatMap(({ key, objects }) => (key === null ? [] : [{ key, objects }]));
  return {
    names: keys.map(({ key }) => key),
    sometimes: keys.flatMap(({ key, objects }) => (objects === all ? [] : [key])),
  };
}

function reader(files: readonly string[], layout: Layout, sampled: number, more = ""): string {
  // No text is in these date formats: the engine's own guess takes "12-11-10" for a date and rewrites it.
  return `SELECT * FROM read_json(${fileListSql(files)}, format = '${layout}', union_by_name = true, sample_size = ${sampled}, dateformat = '|%Y|', timestampformat = '|%Y|'${more})`;
}
