import type { RowValues } from "../plugin/row-values.js";
import type { CsvRows } from "../plugin/text-reader.js";
import { firstRecords } from "./csv-head.js";
import { readLines } from "./text-of-file.js";

const QUOTE = 0x22;
/** To look for the end of a longer one again and again would take too long. */
const LONGEST_RECORD = 256 * 1024;

/** The line on which a row of a CSV file begins. Values with line breaks in them have several. */
export async function findCsvLine(
  file: string,
  { delimiter, skip, header, names, nulls }: CsvRows,
  row: number,
  values: RowValues,
): Promise<number | undefined> {
  const recordOf = (text: string): string[] | undefined => firstRecords(`${text}\n`, delimiter)[0];
  let left = row + (header ? 1 : 0);
  let number = 0;
  let begun: { readonly line: number; readonly text: string } | undefined;
  for await (const lines of readLines(file)) {
    for (const line of lines) {
      number += 1;
      // The engine passes over an empty line, where it cannot be an empty value.
      if (number <= skip || (begun === undefined && line.length === 0 && names.length > 1)) continue;
      const quoted = line.includes(QUOTE);
      if (begun !== undefined || quoted || left === 0) {
        const text = line.toString("utf8");
        begun =
          begun === undefined
            ? { line: number, text: number === 1 ? text.replace(/^\ufeff/u, "") : text }
            : { ...begun, text: `${begun.text}\n${text}` };
        // A value that goes on ends at a quote.
        const record = quoted || !begun.text.includes('"') ? recordOf(begun.text) : undefined;
        if (record === undefined && begun.text.length > LONGEST_RECORD) return undefined;
        if (record === undefined) continue;
        if (left === 0) return isRow(record, names, nulls, values) ? begun.line : undefined;
        begun = undefined;
      }
      left -= 1;
    }
  }
  return undefined;
}

function isRow(
  record: readonly string[],
  names: readonly string[],
  nulls: readonly string[],
  values: RowValues,
): boolean {
  const known = Object.entries(values).filter(([name]) => names.includes(name));
  const written = (value: unknown): string =>
    typeof value === "string" && !nulls.includes(value) ? value.replaceAll("\r", "") : "";
  // A file may lack the columns that others of its source have; then nothing is there.
  const isOther = known.length === 0 && Object.values(values).some((value) => value !== null);
  return (
    !isOther &&
    record.length === names.length &&
    known.every(([name, value]) => written(record[names.indexOf(name)]) === written(value))
  );
}

/** The line of a row in a file of an address a line, where blank lines are none. */
export async function findAddressLine(
  file: string,
  row: number,
  { email }: RowValues,
): Promise<number | undefined> {
  let left = row;
  let number = 0;
  for await (const lines of readLines(file)) {
    for (const line of lines) {
      number += 1;
      const text = line
        .toString("utf8")
        .replace(/^\ufeff/u, "")
        .replaceAll(/^ +| +$/g, "");
      if (text === "") continue;
      if (left === 0) return text === email ? number : undefined;
      left -= 1;
    }
  }
  return undefined;
}
