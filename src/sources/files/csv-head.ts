/** How one CSV file is written, by its first lines. */
export interface CsvHead {
  readonly delimiter: string;
  /** Lines before the header: `sep=;`, and empty ones. */
  readonly skip: number;
  /** What stands in the first record; undefined when it does not end within what was read. */
  readonly names: readonly string[] | undefined;
}

const CANDIDATES = [",", ";", "\t", "|"] as const;

/** `text` is how the file begins, or the `whole` of it; `stated` is the delimiter that the config or the format says. */
export function csvHead(text: string, whole: boolean, stated: string | undefined): CsvHead {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  // Excel writes this line, and reads the file by it.
  const [separator, told] = /^"?sep=(.)"?(?:\r\n|\r|\n)/u.exec(plain) ?? [""];
  // The engine would take the header after an empty line for a row as well.
  const [blank = ""] = /^(?:\r\n|\r|\n)*/u.exec(plain.slice(separator.length)) ?? [];
  const body = plain.slice(separator.length + blank.length);
  const delimiter = told ?? stated ?? commonest(body);
  return {
    delimiter,
    skip: linesOf(separator) + linesOf(blank),
    names: firstRecord(whole ? `${body}\n` : body, delimiter),
  };
}

function linesOf(text: string): number {
  return text.match(/\r\n|\r|\n/gu)?.length ?? 0;
}

/**
 * The candidate that stands most often in the header, outside of quotes. Where
 * none does, the first row is asked, so that a header which lost its columns
 * does not fit its rows.
 */
function commonest(text: string): string {
  const lines = text.replaceAll(/"[^"]*"/g, "").split(/\r\n|\r|\n/, 2);
  for (const line of lines) {
    const counts = CANDIDATES.map((candidate) => line.split(candidate).length);
    const most = Math.max(...counts);
    if (most > 1) return CANDIDATES[counts.indexOf(most)] ?? ",";
  }
  return ",";
}

function firstRecord(text: string, delimiter: string): string[] | undefined {
  const values: string[] = [];
  let value = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (text[at + 1] === '"') {
        value += letter;
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && value === "") quoted = true;
    else if (letter === "\n" || letter === "\r") return [...values, value];
    else if (letter === delimiter) {
      values.push(value);
      value = "";
    } else value += letter;
  }
  return undefined;
}
