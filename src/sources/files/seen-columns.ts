import type { FilesSource } from "../../model/source.js";
import { csvHead } from "./csv-head.js";
import type { FileFormat } from "./file-format.js";
import { readHead } from "./file-head.js";

/** Columns that the heads of the files show; undefined when one of them does not show them. What is wrong with a file is told when it is read. */
export async function seenColumns(
  source: FilesSource,
  format: FileFormat,
  paths: readonly string[],
): Promise<readonly string[] | undefined> {
  if (source.rules.columnNames !== undefined) return source.rules.columnNames;
  const names = new Set<string>();
  for (const path of paths) {
    const { bytes, whole } = await readHead(path);
    const text = decoded(bytes, source).replace(/^\ufeff/u, "");
    const own = bytes.length === 0 ? undefined : namesIn(text, whole, source, format);
    if (own === undefined) return undefined;
    for (const name of own) names.add(name);
  }
  return [...names];
}

function decoded(bytes: Buffer, { rules }: FilesSource): string {
  const { encoding = "UTF-8" } = rules;
  if (encoding !== "UTF-16") return new TextDecoder(encoding).decode(bytes);
  return new TextDecoder(bytes[0] === 0xfe || bytes[0] === 0 ? "utf-16be" : "utf-16le").decode(bytes);
}

function namesIn(
  text: string,
  whole: boolean,
  { delimiter }: FilesSource,
  format: FileFormat,
): readonly string[] | undefined {
  if (format === "csv" || format === "tsv")
    return csvHead(text, whole, delimiter ?? (format === "tsv" ? "\t" : undefined)).names;
  // Further objects may have more keys, so that one of them alone does not show what is missing.
  return undefined;
}
