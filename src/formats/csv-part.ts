import { basename } from "node:path";
import { dataRowLikelihood } from "../model/words/column-name.js";
import { counted } from "../model/words/counted.js";
import { Failure } from "../model/failure.js";
import { foldName } from "../model/fold-name.js";
import type { RowsSource } from "../model/config/rows-source.js";
import { shownPath } from "../platform/files/file-fault.js";
import { identifier, literal } from "../plugin/relation.js";
import type { Reading } from "../plugin/source.js";
import { readDescribedNames } from "./described-names.js";
import { findCsvFault } from "./csv-fault.js";
import type { CsvHead } from "../plugin/text-reader.js";
import { csvHead, statedDelimiter } from "./csv-head.js";
import { detectJson } from "./mistaken-file.js";
import { fileListSql } from "./file-list.js";
import { mistaken, type Part } from "./part.js";
import { findRepeatedNames } from "./same-columns.js";
import { findCsvLine } from "./line-of-row.js";
import { convertToUtf8 } from "./in-utf8.js";
import { readTextHead } from "./text-head.js";

/** One file of CSV or TSV, with its own delimiter and its own header. */
export async function examineCsv(
  source: RowsSource,
  format: "csv" | "tsv",
  path: string,
  reading: Reading,
): Promise<Part> {
  const file = await convertToUtf8(source, path, reading);
  const { text, whole } = await readTextHead(source, path, file, reading);
  const json = detectJson(text);
  if (json !== undefined) throw mistaken(source, path, json);
  const head = csvHead(text, whole, statedDelimiter(source, format));
  const names = source.rules.header === false ? namesFromConfig(source, path, head) : head.names;
  if (source.rules.header !== false) mustBeHeader(source, path, head);
  const repeated = findRepeatedNames(names ?? []);
  if (names !== undefined && isAllOf(repeated, names)) throw allRepeated(source, path);
  const dialect = {
    ...head,
    source,
    columns: repeated.length > 0 ? uniqueNames(names ?? []) : source.rules.columnNames,
  };
  const read: Part["read"] = (files, more) => reader(files, dialect, repeated, more);
  return {
    path,
    file,
    kind: JSON.stringify([head.delimiter, head.skip, dialect.columns]),
    read,
    alone:
      names === undefined
        ? `SELECT count(COLUMNS(*)) FROM (${read([file])})`
        : strictly(file, dialect, names.length),
    fault: () => findCsvFault(file, head.delimiter),
    async lineOf(row, values) {
      if (names === undefined) return undefined;
      const { rules } = source;
      const rows = { ...head, names, header: rules.header !== false, nulls: rules.nullValues ?? [] };
      return findCsvLine(file, rows, row, values);
    },
    columns: async (asked) => ({ names: names ?? (await readDescribedNames(read([file]), asked)) }),
    repeated,
  };
}

interface Dialect extends CsvHead {
  readonly source: RowsSource;
  /** Names to take instead of those in the file. */
  readonly columns: readonly string[] | undefined;
}

function reader(files: readonly string[], dialect: Dialect, repeated: readonly string[], more = ""): string {
  const { columns } = dialect;
  const named = columns === undefined ? "" : `, names = [${columns.map(literal).join(", ")}]`;
  const left = repeated.length === 0 ? [] : (columns ?? []).filter((name) => name.startsWith(HIDDEN));
  const exclude = left.length === 0 ? "" : ` EXCLUDE (${left.map(identifier).join(", ")})`;
  return `SELECT *${exclude} FROM read_csv(${fileListSql(files)}, all_varchar = true, union_by_name = true, ${options(dialect)}${named}${more})`;
}

/** Without the engine's look at the first rows, which says of a row that does not fit neither where it is nor why. */
function strictly(file: string, dialect: Dialect, width: number): string {
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  return `SELECT count(COLUMNS(*)) FROM read_csv(${fileListSql([file])}, auto_detect = false, columns = {${columns}}, ${options(dialect)})`;
}

function options({ source, delimiter, skip }: Dialect): string {
  const nulls = source.rules.nullValues ?? [];
  const nullstr = nulls.length === 0 ? "" : `, nullstr = [${["", ...nulls].map(literal).join(", ")}]`;
  // Strict mode refuses a row that is too short or too long, so that a cut-off last row is an error.
  // Nothing else is left to guessing: a guess may take rows for comments or titles and drop them.
  return `header = ${source.rules.header !== false}, strict_mode = true, null_padding = false, quote = '"', escape = '"', comment = '', skip = ${skip}, delim = ${literal(delimiter)}${nullstr}`;
}

function isAllOf(repeated: readonly string[], names: readonly string[]): boolean {
  const folded = new Set(repeated.map(foldName));
  return repeated.length > 0 && names.every((name) => folded.has(foldName(name)));
}

/** Where none can be used, there is nothing to read. */
function allRepeated(source: RowsSource, path: string): Failure {
  return new Failure(
    "invalid",
    `Source "${source.name}": line 1 of ${shownPath(basename(path))} gives every name to more than one column.`,
    {
      hint: "Give the columns different names where the file is written; only upper and lower case is no difference.",
    },
  );
}

const HIDDEN = "\u0001";

/** Names under which columns of one name can be told apart, to leave them out. */
function uniqueNames(names: readonly string[]): string[] {
  const repeated = new Set(findRepeatedNames(names).map(foldName));
  return names.map((name, index) =>
    repeated.has(foldName(name)) ? `${HIDDEN}${index}` : name === "" ? `column${index}` : name,
  );
}

function namesFromConfig(source: RowsSource, path: string, { names }: CsvHead): readonly string[] {
  const { columnNames = [] } = source.rules;
  const file = shownPath(basename(path));
  if (names !== undefined && names.length !== columnNames.length)
    throw new Failure(
      "invalid",
      `Source "${source.name}": line 1 of ${file} has ${counted(names.length, "column")}, and \`columnNames\` names ${columnNames.length}.`,
      { hint: "Name every column of the file, in order; `delimiter` says what stands between them." },
    );
  if (names?.every((name, index) => foldName(name.trim()) === foldName(columnNames[index] ?? "")) === true)
    throw new Failure("invalid", `Source "${source.name}": line 1 of ${file} is a header.`, {
      hint: "Take `header: false` and `columnNames` away, or write the file without it.",
    });
  return columnNames;
}

/** A file without a header would lose its first person, and give values for names. None of them is repeated. */
function mustBeHeader(source: RowsSource, path: string, { names = [], row }: CsvHead): void {
  const data = dataRowLikelihood(names, row);
  if (data === "no" || (data === "likely" && source.rules.header === true)) return;
  throw new Failure(
    "invalid",
    `Source "${source.name}": line 1 of ${shownPath(basename(path))} looks like data and not like a header.`,
    {
      hint:
        source.holds === "addresses"
          ? "Write one address a line, or a header that names the columns."
          : `Write the file with a header. If it has none, say \`header: false\` and \`columnNames: […]\`${data === "likely" ? "; if these are its columns' names, say `header: true`" : ""}.`,
    },
  );
}
