import type { RowsSource } from "../model/config/rows-source.js";
import type { Reading, SeenColumns } from "../plugin/source.js";
import { readDescribedNames } from "./described-names.js";
import { csvHead, statedDelimiter } from "./csv-head.js";
import { decodeHead } from "./decoders.js";
import type { FileFormat } from "./file-format.js";
import { readHead } from "./file-head.js";
import { readFirstNames } from "./json-part.js";
import { examineFiles } from "./relation.js";

/** Columns that a first look at the files shows. */
export async function findSeenColumns(
  source: RowsSource,
  format: FileFormat,
  paths: readonly string[],
  reading: () => Promise<Reading>,
): Promise<SeenColumns> {
  if (source.rules.columnNames !== undefined) return { names: source.rules.columnNames, all: true };
  const all = (names: readonly string[]): SeenColumns => ({ names, all: true });
  if (format === "json" || format === "jsonl") {
    const engine = await reading();
    const names = new Set<string>();
    for (const path of paths) for (const name of await readFirstNames(source, path, engine)) names.add(name);
    // Further objects may have more keys, and to look at all of them takes as long as to read them.
    return { names: [...names], all: false };
  }
  const headed =
    format === "csv" || format === "tsv" ? await readNamesInHeads(source, format, paths) : undefined;
  if (headed !== undefined) return all(headed);
  const engine = await reading();
  return all(await readDescribedNames((await examineFiles(source, format, paths, engine)).sql, engine));
}

/** Undefined when the head of one of the files does not show them. */
async function readNamesInHeads(
  source: RowsSource,
  format: "csv" | "tsv",
  paths: readonly string[],
): Promise<readonly string[] | undefined> {
  const names = new Set<string>();
  for (const path of paths) {
    const { bytes, whole } = await readHead(path);
    if (bytes.length === 0) return undefined;
    const text = decodeHead(bytes, source.rules.encoding);
    const own = csvHead(text, whole, statedDelimiter(source, format)).names;
    if (own === undefined) return undefined;
    for (const name of own) names.add(name);
  }
  return [...names];
}
