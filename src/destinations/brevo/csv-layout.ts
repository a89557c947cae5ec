import { open } from "node:fs/promises";
import { literal } from "../../plugin/relation.js";

/** How a CSV whose columns are not documented is to be read. */
export interface CsvLayout {
  /** SQL that reads the file; columns are `column0`, `column1` … VARCHAR. */
  readonly from: string;
  /** SQL name of the column with addresses. */
  readonly email: string;
}

const HEAD_BYTES = 16_384;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const NAMED_EMAIL = /^"?\s*e-?mail\b/i;

/** Looks at the first two rows of a file; undefined when no column holds addresses. */
export async function csvLayout(path: string): Promise<CsvLayout | undefined> {
  const [first, second] = (await head(path)).split(/\r?\n/);
  if (first === undefined || first === "") return undefined;
  const delimiter = likeliest(first);
  const names = cells(first, delimiter);
  const values = cells(second ?? "", delimiter);
  const bare = names.findIndex((cell) => ADDRESS.test(cell));
  const named = names.findIndex((cell) => NAMED_EMAIL.test(cell));
  const column = [bare, named, values.findIndex((cell) => ADDRESS.test(cell))].find((index) => index !== -1);
  if (column === undefined) return undefined;
  const columns = names.map((_, index) => `column${index}: 'VARCHAR'`).join(", ");
  return {
    from: `read_csv(${literal(path)}, auto_detect = false, header = ${bare === -1}, delim = ${literal(delimiter)}, quote = '"', escape = '"', null_padding = true, columns = {${columns}})`,
    email: `column${column}`,
  };
}

async function head(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead).replace(/^\ufeff/, "");
  } finally {
    await file.close();
  }
}

function likeliest(line: string): string {
  const count = (delimiter: string): number => cells(line, delimiter).length;
  return [";", ",", "\t"].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** Cells of one line; line breaks inside quotes are not expected this early in a file. */
function cells(line: string, delimiter: string): string[] {
  const found = [""];
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) found.push("");
    else found[found.length - 1] += char;
  }
  return found.map((cell) => cell.trim());
}
