import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { FileRules } from "../../src/model/config/source.ts";

/** How one CSV file may be written. */
export interface Way {
  readonly encoding: NonNullable<FileRules["encoding"]>;
  readonly mark: boolean;
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly quotes: "all" | "needed";
  readonly separatorLine: boolean;
  readonly packed: boolean;
}

/** Any of them. */
export const way: fc.Arbitrary<Way> = fc.record({
  encoding: fc.constantFrom("UTF-8", "UTF-16", "windows-1252", "latin1"),
  mark: fc.boolean(),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  quotes: fc.constantFrom("all", "needed"),
  separatorLine: fc.boolean(),
  packed: fc.boolean(),
});

/** A table, its header first, in the bytes of such a file. */
export function written(rows: readonly (readonly string[])[], one: Way): Buffer {
  const value = (text: string): string =>
    one.quotes === "all" || /[,;|\t"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = rows.map((row) => row.map(value).join(one.delimiter));
  const text = [...(one.separatorLine ? [`sep=${one.delimiter}`] : []), ...lines, ""].join(one.lineEnd);
  const bytes = encoded(text, one);
  return one.packed ? gzipSync(bytes) : bytes;
}

function encoded(text: string, { encoding, mark }: Way): Buffer {
  if (encoding === "UTF-8") return Buffer.from(mark ? `\ufeff${text}` : text);
  if (encoding === "UTF-16") return Buffer.from(mark ? `\ufeff${text}` : text, "utf16le");
  return Buffer.from(text, "latin1");
}
