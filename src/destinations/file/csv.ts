import { createReadStream } from "node:fs";
import { Failure } from "../../model/failure.js";

/** Records of a CSV file (RFC 4180, UTF-8) as raw text without their line ends; blank lines are skipped. */
export async function* records(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 256 * 1024, signal });
  let rest = "";
  let first = true;
  for await (const chunk of stream as AsyncIterable<string>) {
    const text = first ? (rest + chunk).replace(/^\ufeff/, "") : rest + chunk;
    first = false;
    let start = 0;
    for (let end = recordEnd(text, start); end !== -1; end = recordEnd(text, start)) {
      const record = text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
      if (record !== "") yield record;
      start = end + 1;
    }
    rest = text.slice(start);
  }
  if (rest === "") return;
  if (quotes(rest, 0, rest.length) % 2 === 1)
    throw new Failure("invalid", "A CSV file ends inside a quoted value.");
  yield rest;
}

/** The first record; undefined for an empty file. */
export async function firstRecord(path: string, signal: AbortSignal): Promise<string | undefined> {
  for await (const record of records(path, signal)) return record;
  return undefined;
}

/** Index of the line feed that ends the record; -1 when it goes on in the next chunk. */
function recordEnd(text: string, start: number): number {
  let open = false;
  for (let from = start; ;) {
    const end = text.indexOf("\n", from);
    if (end === -1) return -1;
    if (quotes(text, from, end) % 2 === 1) open = !open;
    if (!open) return end;
    from = end + 1;
  }
}

function quotes(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('"', from); at !== -1 && at < to; at = text.indexOf('"', at + 1)) count++;
  return count;
}

export function cells(record: string): string[] {
  if (!record.includes('"')) return record.split(",");
  const found: string[] = [];
  let at = 0;
  for (;;) {
    if (record[at] === '"') {
      let end = record.indexOf('"', at + 1);
      while (end !== -1 && record[end + 1] === '"') end = record.indexOf('"', end + 2);
      if (end === -1) end = record.length;
      found.push(record.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const end = record.indexOf(",", at);
      found.push(record.slice(at, end === -1 ? undefined : end));
      at = end === -1 ? record.length : end;
    }
    if (at >= record.length) return found;
    at++;
    if (at === record.length) return [...found, ""];
  }
}

/** Quotes a lone value that would read as a blank line, too. */
export function toRecord(values: readonly string[]): string {
  if (values.length === 1 && values[0] === "") return '""';
  return values
    .map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(",");
}
