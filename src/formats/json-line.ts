import type { RowValues } from "../plugin/row-values.js";
import { readText } from "./text-of-file.js";

const [LINE_END, QUOTE, BACKSLASH] = [0x0a, 0x22, 0x5c];
const [OPEN, CLOSE] = [0x7b, 0x7d];

/** The line on which an object begins, of those that stand one after the other or in one list. */
export async function findJsonLine(
  file: string,
  row: number,
  values: RowValues,
): Promise<number | undefined> {
  let left = row;
  let line = 1;
  let depth = 0;
  let inText = false;
  let escaped = false;
  let begun: { readonly line: number; readonly bytes: number[] } | undefined;
  for await (const chunk of readText(file)) {
    for (const byte of chunk) {
      if (byte === LINE_END) line += 1;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inText = false;
      } else if (byte === QUOTE) inText = true;
      else if (byte === OPEN) {
        depth += 1;
        if (depth === 1 && left === 0) begun = { line, bytes: [] };
      } else if (byte === CLOSE) depth -= 1;
      begun?.bytes.push(byte);
      if (byte !== CLOSE || inText || depth > 0) continue;
      if (begun !== undefined) return isObject(Buffer.from(begun.bytes), values) ? begun.line : undefined;
      left -= 1;
    }
  }
  return undefined;
}

/** Numbers and the like are printed in other ways than they were written. */
function isObject(bytes: Buffer, values: RowValues): boolean {
  const object = JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
  return Object.entries(values).every(([name, value]) => {
    const written = object[name];
    if (typeof value !== "string" || typeof written !== "string") return true;
    // A column of several kinds of values is one of JSON.
    return [written, JSON.stringify(written)].some((text) => text.toLowerCase() === value.toLowerCase());
  });
}
