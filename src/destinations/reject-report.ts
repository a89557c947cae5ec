import { readFile, writeFile } from "node:fs/promises";
import { Failure } from "../model/failure.js";
import { literal, type Relation } from "../plugin/relation.js";

/** Someone a job did not store. */
export interface ReportRow {
  readonly email: string;
  /** As the report says it; may quote values. */
  readonly reason: string;
}

/** Reads a report as a file; throws when it is not known whom it names. `what` begins the message. */
export async function readReport(path: string, what: string): Promise<readonly ReportRow[]> {
  const rows = parseReport(await readFile(path));
  if (typeof rows !== "string") return rows;
  throw unreadableReport(`${what} ${rows}`);
}

/** Nobody can tell who was refused; who was in the batch is looked up then. */
export function unreadableReport(message: string): Failure {
  return new Failure("transient", `${message}, so that it is not known who was refused.`, {
    hint: "Run again: everyone of the batch is looked up then.",
  });
}

/** The people and reasons of reports in the columns of `rejects`, kept at `path`. */
export async function storeRejects(
  path: string,
  rows: readonly { readonly email: string; readonly reason: string | null }[],
): Promise<Relation> {
  const lines = rows.map(({ email, reason }) => `${JSON.stringify({ email, reason })}\n`);
  await writeFile(path, lines.join(""), { mode: 0o600 });
  return {
    sql: `SELECT email, reason FROM read_json(${literal(path)}, format = 'newline_delimited',
      columns = {email: 'VARCHAR', reason: 'VARCHAR'})`,
  };
}

/**
 * The people in an error report. Neither vendor documents its columns: the
 * address and the reason are found by name, else by what the values look like.
 * What is wrong with it when that cannot be done, or when it does not look
 * whole.
 */
export function parseReport(bytes: Uint8Array): readonly ReportRow[] | string {
  const rows = parseCsv(bytes);
  if (typeof rows === "string") return rows;
  const [first] = rows;
  if (first === undefined) return "is empty";
  if (rows.some((row) => row.length !== first.length)) return "has rows that are cut off";
  const header = !first.some((value) => value.includes("@"));
  const values = header ? rows.slice(1) : rows;
  const names = header ? first.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, "")) : [];
  const email = emailColumn(names, values);
  if (email === undefined) return "has no column with addresses";
  const reason = names.findIndex(
    (name, column) => column !== email && /error|reason|message|detail/.test(name),
  );
  return values.flatMap((row) => {
    const address = row[email]?.trim() ?? "";
    return address === "" ? [] : [{ email: address, reason: row[reason] ?? "" }];
  });
}

function emailColumn(names: readonly string[], values: readonly (readonly string[])[]): number | undefined {
  const named = names.findIndex((name) => /^(primary)?email(address)?$/.test(name));
  if (named !== -1 && (values.length === 0 || values.some((row) => (row[named] ?? "").trim() !== "")))
    return named;
  const addresses = (column: number): number => values.filter((row) => isAddress(row[column])).length;
  const columns = [...(values[0]?.keys() ?? [])].filter((column) => addresses(column) > 0);
  return columns.sort((a, b) => addresses(b) - addresses(a))[0];
}

function isAddress(value: string | undefined): boolean {
  return value !== undefined && /^\s*[^\s@]+@[^\s@]+\s*$/.test(value);
}

/** RFC 4180 in UTF-8, with whichever delimiter its first line has. */
function parseCsv(bytes: Uint8Array): string[][] | string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "is not encoded in UTF-8";
  }
  const pattern = cellPattern(delimiterOf(text));
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return "has quotes that are never closed";
    const [whole, quoted, plain, end] = found;
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (end !== "" && end !== "\n" && end !== "\r\n" && at < text.length) continue;
    if (end !== "" && end !== "\n" && end !== "\r\n") row.push("");
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  return rows;
}

function cellPattern(delimiter: string): RegExp {
  return new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`, "y");
}

function delimiterOf(text: string): string {
  const line = /^.*/.exec(text)?.[0].replaceAll(/"(?:[^"]|"")*"/g, "") ?? "";
  const count = (delimiter: string): number => line.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
}
