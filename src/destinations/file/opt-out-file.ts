import { createReadStream } from "node:fs";
import { appendFile, writeFile } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import { literal } from "../../plugin/relation.js";
import { restrainedKeys } from "../../plugin/restrained.js";
import { splitCellsStrictly } from "./csv.js";
import { toHeader, type Header } from "./header.js";

/** Addresses as they are kept at a time. */
const BUFFERED = 10_000;
/** Longer than anything that stands between two quotes. */
const LONGEST_RECORD = 1_000_000;

/**
 * SQL: `email` (a key) and `written` of everybody in a file of opt-outs, read
 * into `into`. People keep these files by hand, and whoever is missing from one
 * is let back in: what is not whole, or cannot be read for certain, is refused
 * with its line.
 */
export async function readOptOutFile(
  path: string,
  { name, into, signal }: { readonly name: string; readonly into: string; readonly signal: AbortSignal },
): Promise<string> {
  let header: Header | undefined;
  let lines: string[] = [];
  await writeFile(into, "", { flag: "wx", mode: 0o600 });
  for await (const { line, text } of records(path, name, signal)) {
    if (text.trim() === "") continue;
    const values = splitCellsStrictly(text);
    if (values === undefined)
      throw refused(`${name}:${line} has a quote where none can be.`, "Quote the whole value or nothing.");
    if (header === undefined) header = toHeader(text);
    else lines.push(...entries(values, header, { name, line }));
    if (lines.length < BUFFERED) continue;
    await appendFile(into, lines.join(""));
    lines = [];
  }
  if (header === undefined) toHeader(undefined);
  await appendFile(into, lines.join(""));
  return `(select email, written from read_json(${literal(into)}, format = 'newline_delimited',
    columns = {email: 'VARCHAR', written: 'VARCHAR'}))`;
}

function entries(
  values: readonly string[],
  { names, email }: Header,
  { name, line }: { readonly name: string; readonly line: number },
): string[] {
  if (values.every((value) => value.trim() === "")) return [];
  if (values.length > names.length)
    throw refused(
      `${name}:${line} has ${values.length} values under ${names.length} names.`,
      "Quote a value that holds a comma.",
    );
  const written = values[email] ?? "";
  if (written.trim() === "")
    throw refused(`${name}:${line} has no address.`, "Add it, or take the line out.");
  const keys = restrainedKeys(written, () => ({
    where: `${name}:${line}`,
    hint: "Write one plain address in its place, or take the line out.",
    kind: "invalid",
  }));
  const plain = written.trim().normalize("NFC").toLowerCase();
  return keys.map((key) => `${JSON.stringify({ email: key, written: plain })}\n`);
}

interface Entry {
  readonly line: number;
  readonly text: string;
}

/** Each record with the line that it begins in: a quote that is open holds the line end as well. */
async function* records(path: string, name: string, signal: AbortSignal): AsyncGenerator<Entry> {
  let record: string[] = [];
  let length = 0;
  let open = false;
  let rest = "";
  let line = 0;
  for await (const piece of textOf(path, name, signal)) {
    const parts = (rest + piece).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      line++;
      record.push(part);
      length += part.length;
      if (part.split('"').length % 2 === 0) open = !open;
      if (open && length < LONGEST_RECORD) continue;
      if (open) break;
      yield { line: line - record.length + 1, text: record.join("\n").replace(/\r$/, "") };
      record = [];
      length = 0;
    }
    if (open && length >= LONGEST_RECORD) break;
  }
  if (open)
    throw refused(
      `A quote in ${name}:${line - record.length + 1} is never closed.`,
      "Close it, or take it out.",
    );
  if (rest !== "")
    throw refused(
      `${name}:${line + 1} has no line end, as if the file were cut off there.`,
      "Look whether it is whole, and end its last line.",
    );
}

async function* textOf(path: string, name: string, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Buffer>)
      yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw refused(`${name} is not encoded in UTF-8.`, "Save it as UTF-8.");
    throw error;
  }
}

function refused(message: string, hint: string): Failure {
  return new Failure("invalid", message, { hint });
}
