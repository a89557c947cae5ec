import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Value } from "../config/test-file/test-file.gen.js";
import type { Source } from "../model/config/source.js";
import { textSource } from "../run/sources.js";
import { ownValue } from "../model/own-value.js";

export type Row = Readonly<Record<string, Value>>;

/** The columns of a source in the tests of one file: in the order of the rows, with the types that all cases share. */
export interface TestColumns {
  readonly names: readonly string[];
  /** As `columns` of the config would declare them; of a column that is missing here the engine finds the type. */
  readonly declared: Source["columns"];
  /** Columns that the engine takes for numbers or booleans, and of which nothing says how they are written. */
  readonly notText: readonly string[];
}

/**
 * Writes rows as a file of the source's own kind and says how to read it. What
 * is not text in the source (JSON Lines, Parquet, a database) is written as
 * JSON Lines, which keeps numbers and booleans apart from text.
 */
export async function writeRows(
  source: Source,
  columns: TestColumns,
  rows: readonly Row[],
  folder: string,
): Promise<Source> {
  const { names } = columns;
  const csv = rows.length === 0 || source.kind.valuesOf(source) === "text";
  const file = `given-${Buffer.from(source.name).toString("hex")}.${csv ? "csv" : "jsonl"}`;
  const text = csv ? csvText(columns, rows) : jsonLines(names, rows);
  await writeFile(join(folder, file), text, { mode: 0o600 });
  const declared = Object.entries(columns.declared).filter(([name]) => names.includes(name));
  const format = csv ? { format: "csv", delimiter: "," } : { format: "jsonl" };
  return textSource(
    { path: file, header: true, ...format },
    {
      name: source.name,
      folder,
      columns: Object.fromEntries(declared),
      minimumRows: undefined,
      maxAge: undefined,
    },
  );
}

/** A table has to have a column; nobody's SQL names this one. */
const NO_COLUMN = "(no column is given)";

function csvText({ names, declared }: TestColumns, rows: readonly Row[]): string {
  const heading = names.length === 0 ? [NO_COLUMN] : names;
  const marks = names.map((name) => ownValue(declared, name)?.decimal);
  const cells = rows.map((row) => names.map((name, index) => cell(ownValue(row, name), marks[index])));
  const lines = [heading.map(quoted), ...cells];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/** A number is written as its column has numbers. */
function cell(value: Value | undefined, decimal = "."): string {
  if (typeof value === "number") return quoted(String(value).replace(".", decimal));
  return quoted(value === null || value === undefined ? "" : String(value));
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function jsonLines(names: readonly string[], rows: readonly Row[]): string {
  return rows
    .map(
      (row) =>
        `${JSON.stringify(Object.fromEntries(names.map((name) => [name, ownValue(row, name) ?? null])))}\n`,
    )
    .join("");
}
