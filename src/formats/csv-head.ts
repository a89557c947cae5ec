import type { CsvHead } from "../plugin/text-reader.js";
import type { RowsSource } from "../model/config/rows-source.js";

/** What a title of a column may hold as well comes last. */
const CANDIDATES = ["\t", ";", ",", "|"] as const;

/** The delimiter that the config or the format says. */
export function statedDelimiter({ delimiter }: RowsSource, format: "csv" | "tsv"): string | undefined {
  return delimiter ?? (format === "tsv" ? "\t" : undefined);
}

/** `text` is how the file begins, or the `whole` of it; `stated` is the delimiter that the config or the format says. */
export function csvHead(text: string, whole: boolean, stated: string | undefined): CsvHead {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  // Excel writes this line, and reads the file by it.
  const [separator, told] = /^"?sep=(.)"?(?:\r\n|\r|\n)/u.exec(plain) ?? [""];
  // The engine would take the header after an empty line for a row as well.
  const [blank = ""] = /^(?:\r\n|\r|\n)*/u.exec(plain.slice(separator.length)) ?? [];
  const body = plain.slice(separator.length + blank.length);
  const delimiter = told ?? stated ?? likeliest(body);
  const [names, row] = firstRecords(whole ? `${body}\n` : body, delimiter);
  return { delimiter, skip: linesOf(separator) + linesOf(blank), names: names?.map(trimmed), row };
}

/** As the engine takes a name from a header. */
function trimmed(name: string): string {
  return name.replaceAll(/^\p{Zs}+|\p{Zs}+$/gu, "");
}

function linesOf(text: string): number {
  return text.match(/\r\n|\r|\n/gu)?.length ?? 0;
}

/**
 * The candidate by which the first row has as many columns as the header, else
 * the one that stands most often in the header, outside of quotes. Where none
 * does, the first row is asked, so that a header which lost its columns does
 * not fit its rows.
 */
function likeliest(text: string): string {
  const [header = "", row = ""] = text.replaceAll(/"[^"]*"/g, "").split(/\r\n|\r|\n/, 2);
  const widths = CANDIDATES.map((candidate) => ({
    candidate,
    header: header.split(candidate).length,
    row: row.split(candidate).length,
  }));
  const fitting = widths.filter((width) => width.header === width.row);
  return widest(fitting, "header") ?? widest(widths, "header") ?? widest(widths, "row") ?? ",";
}

interface Widths {
  readonly candidate: string;
  readonly header: number;
  readonly row: number;
}

/** The first of those that make the most columns; undefined where none makes more than one. */
function widest(widths: readonly Widths[], line: "header" | "row"): string | undefined {
  const most = Math.max(1, ...widths.map((width) => width[line]));
  return most === 1 ? undefined : widths.find((width) => width[line] === most)?.candidate;
}

/** The header and the first row, as far as they end within the text. */
export function firstRecords(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let values: string[] = [];
  let value = "";
  let quoted = false;
  for (let at = 0; at < text.length && records.length < 2; at += 1) {
    const letter = text[at] ?? "";
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (text[at + 1] === '"') {
        value += letter;
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && /^ *$/.test(value)) {
      quoted = true;
      value = "";
    } else if (letter === "\n" || letter === "\r") {
      if (letter === "\r" && text[at + 1] === "\n") at += 1;
      records.push([...values, value]);
      values = [];
      value = "";
    } else if (letter === delimiter) {
      values.push(value);
      value = "";
    } else value += letter;
  }
  return records;
}
