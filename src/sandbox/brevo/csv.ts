/** What separates the fields of an import: live accounts take `;`, a comma and a tab, as its header shows. */
export function separatorOf(text: string): string {
  const [header = ""] = text.split(/[\r\n]/, 1);
  return [";", ",", "\t"].find((separator) => header.includes(separator)) ?? ";";
}

/**
 * Rows of a CSV text as Brevo takes it: quoted with `"`, a quote inside doubled.
 * A byte-order mark and blank lines are skipped.
 */
export function* parseCsv(text: string, separator = ";"): Generator<string[]> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at + 1) : bare(text, at, separator);
      row.push(field.value);
      at = field.end;
      if (text[at] !== separator) break;
      at++;
    }
    while (text[at] === "\r" || text[at] === "\n") at++;
    if (row.length > 1 || row[0] !== "") yield row;
  }
}

function quoted(text: string, from: number): { value: string; end: number } {
  let value = "";
  for (let at = from; ;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function bare(text: string, from: number, separator: string): { value: string; end: number } {
  const between = separator.charCodeAt(0);
  let end = from;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === between || code === 10 || code === 13) break;
  }
  return { value: text.slice(from, end), end };
}

/** A field as Brevo's own exports write it. */
export function csvField(value: string): string {
  return /[;"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
