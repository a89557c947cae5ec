import { basename } from "node:path";
import { Failure } from "../model/failure.js";
import type { RowsSource } from "../model/config/rows-source.js";
import { shownPath } from "../platform/files/file-fault.js";
import { literal } from "../plugin/relation.js";
import { FILE_OF_ROW, FileFailure, type Reading, type SourceRelation } from "../plugin/source.js";
import { examineAddresses } from "./addresses-part.js";
import { examineCsv } from "./csv-part.js";
import type { FileFormat } from "./file-format.js";
import { examineJson } from "./json-part.js";
import { examineParquet, type Part } from "./part.js";
import { differenceInWords, findOddFile, type Columns, type FileColumns } from "./same-columns.js";

/** Examines every file alone and says how all of them are read. */
export async function examineFiles(
  source: RowsSource,
  format: FileFormat,
  paths: readonly string[],
  reading: Reading,
): Promise<SourceRelation> {
  const parts: Part[] = [];
  for (const path of paths) parts.push(await partOf(source, format, path, reading));
  if (source.rules.columnsMayDiffer !== true) await mustAgree(source, format, parts, reading);
  const groups = groupsOf(parts);
  return {
    sql: united(groups),
    withFiles: united(groups, parts.length > 1 ? `, filename = ${literal(FILE_OF_ROW)}` : undefined),
    files: parts,
    alone: parts.map(({ path, alone, fault }) => ({ path, sql: alone, fault })),
    repeated: [...new Set(parts.flatMap(({ repeated }) => repeated))],
  };
}

function partOf(source: RowsSource, format: FileFormat, path: string, reading: Reading): Promise<Part> {
  switch (format) {
    case "csv":
    case "tsv":
      return examineCsv(source, format, path, reading);
    case "jsonl":
    case "json":
      return examineJson(source, path, reading);
    case "parquet":
      return examineParquet(source, path);
    case "addresses":
      return examineAddresses(source, path, reading);
  }
}

/** Whoever is in a file whose columns are called otherwise would count as gone. */
async function mustAgree(
  source: RowsSource,
  format: FileFormat,
  parts: readonly Part[],
  reading: Reading,
): Promise<void> {
  if (parts.length < 2) return;
  const files: FileColumns[] = [];
  for (const part of parts) files.push({ path: part.path, ...(await columnsOf(part, reading)) });
  const odd = findOddFile(files);
  if (odd === undefined) return;
  const [name, other] = [odd.path, odd.other].map((path) => shownPath(basename(path)));
  const line = format === "parquet" ? "" : " (line 1)";
  throw new Failure(
    "invalid",
    `Source "${source.name}": ${name}${line} does not have the columns of ${other}: it ${differenceInWords(odd, (names) => reading.told(names))}.`,
    {
      hint: `Write every file with the same columns.${source.holds === "addresses" ? "" : " If they differ on purpose, say `columnsMayDiffer: true`; a column that a file lacks is empty in its rows."}`,
    },
  );
}

/** Of one file among others, which the engine would not name. */
async function columnsOf(part: Part, reading: Reading): Promise<Columns> {
  try {
    return await part.columns(reading);
  } catch (error) {
    throw error instanceof Failure ? new FileFailure(part.path, error) : error;
  }
}

/** Files that are written alike are read together. */
function groupsOf(parts: readonly Part[]): Part[][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) groups.set(part.kind, [...(groups.get(part.kind) ?? []), part]);
  return [...groups.values()];
}

function united(groups: readonly (readonly Part[])[], more?: string): string {
  const reads = groups.map(
    (group) =>
      group[0]?.read(
        group.map(({ file }) => file),
        more,
      ) ?? "",
  );
  return reads.join("\nUNION ALL BY NAME\n");
}
