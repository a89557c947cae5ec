/** Blanks, as the engine takes them. */
const BLANK = String.raw`[\s\u200b-\u200d\u2060]`;
const LETTER = String.raw`[A-Za-z_\u0080-\uffff]`;
/** Where a backslash takes a quote along. */
const ESCAPED = String.raw`'(?:[^'\\]|\\[^]|'')*'`;

const BLANKS = new RegExp(String.raw`(?:${BLANK}+|--[^\n\r]*)`, "y");
const DOLLARS = new RegExp(String.raw`\$(?:${LETTER}(?:\w|[\u0080-\uffff])*)?\$`, "y");
const QUOTED = new RegExp(
  // A text of this kind may go on in the next line.
  [
    String.raw`[eE]${ESCAPED}(?:${BLANK}*[\n\r]${BLANK}*${ESCAPED})*`,
    "'(?:[^']|'')*'",
    '"(?:[^"]|"")*"',
  ].join("|"),
  "y",
);
const WORD = new RegExp(
  [
    String.raw`0[xX][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?`,
    String.raw`(?!${BLANK})${LETTER}(?:(?!${BLANK})[\w$\u0080-\uffff])*`,
    "[^]",
  ].join("|"),
  "y",
);

/**
 * The words and signs of SQL in lower case, without comments; of what is
 * quoted there is a quote. Only for what has to be known before the engine parses it.
 */
export function wordsOf(sql: string): string[] {
  const words: string[] = [];
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(sql)?.[0];
  };
  let at = 0;
  while (at < sql.length) {
    const skipped = take(BLANKS);
    const dollars = skipped === undefined ? take(DOLLARS) : undefined;
    if (skipped !== undefined) at += skipped.length;
    else if (sql.startsWith("/*", at)) at = endOfComment(sql, at);
    else if (dollars !== undefined) {
      at = endOfText(sql, at, dollars);
      words.push("'");
    } else {
      const quoted = take(QUOTED);
      const word = quoted ?? take(WORD) ?? "";
      at += word.length;
      words.push(quoted === undefined ? word.toLowerCase() : "'");
    }
  }
  return words;
}

/** Comments lie within each other. */
function endOfComment(sql: string, start: number): number {
  const marks = /\/\*|\*\//gu;
  marks.lastIndex = start;
  let open = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    open += mark[0] === "/*" ? 1 : -1;
    if (open === 0) return marks.lastIndex;
  }
  return sql.length;
}

/** Of a text in `$$` or `$name$`. */
function endOfText(sql: string, start: number, dollars: string): number {
  const end = sql.indexOf(dollars, start + dollars.length);
  return end < 0 ? sql.length : end + dollars.length;
}
