import { dirname } from "node:path";
import { Failure } from "../../model/failure.js";
import { openProjectFile } from "../../platform/files/open-project-file.js";

/** Records of a CSV file (RFC 4180, UTF-8) as raw text without their line ends, a block at a time; blank lines are skipped. */
export async function* readRecordBlocks(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const { handle } = await openProjectFile(path, [dirname(path)]);
  const stream = handle.createReadStream({ encoding: "utf8", highWaterMark: 256 * 1024, signal });
  let rest = "";
  let first = true;
  for await (const chunk of stream as AsyncIterable<string>) {
    const text = first ? chunk.replace(/^\ufeff/, "") : rest + chunk;
    first = false;
    const ends = recordEnds(text);
    const block: string[] = [];
    let start = 0;
    for (const end of ends) {
      const record = text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
      if (record !== "") block.push(record);
      start = end + 1;
    }
    rest = text.slice(start);
    yield block;
  }
  if (rest === "") return;
  if (recordEnds(`${rest}\n`).length === 0)
    throw new Failure("invalid", "A CSV file ends inside a quoted value.");
  yield [rest];
}

/** The first record; undefined for an empty file. */
export async function readFirstRecord(path: string, signal: AbortSignal): Promise<string | undefined> {
  for await (const [record] of readRecordBlocks(path, signal)) if (record !== undefined) return record;
  return undefined;
}

/** Where records end: the line feeds that an even number of quotes stands before. */
function recordEnds(text: string): number[] {
  const ends: number[] = [];
  let quoted = false;
  let quote = text.indexOf('"');
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) {
    for (; quote !== -1 && quote < end; quote = text.indexOf('"', quote + 1)) quoted = !quoted;
    if (!quoted) ends.push(end);
  }
  return ends;
}

export function splitCells(record: string): string[] {
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

/** The same of a record that is right; undefined when a quote stands where none can be. */
export function splitCellsStrictly(record: string): string[] | undefined {
  const cell = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  const found: string[] = [];
  for (;;) {
    const [, quoted, plain = "", end] = cell.exec(record) ?? [];
    if (end === undefined) return undefined;
    found.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") return found;
  }
}

/** Quotes a lone value that would read as a blank line, too. */
export function toRecord(values: readonly string[]): string {
  if (values.length === 1 && values[0] === "") return '""';
  return values
    .map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(",");
}
