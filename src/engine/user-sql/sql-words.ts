/** What the engine makes a space of before it reads the SQL. Other blanks outside of ASCII are letters to it. */
const WIDE = String.raw`\u00a0\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff`;
const BLANK = String.raw`[ \t\n\v\f\r${WIDE}]`;
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
  return [...piecesOf(sql)].flatMap(({ kind, text }) =>
    kind === "word" ? [text.toLowerCase()] : kind === "quoted" ? ["'"] : [],
  );
}

/**
 * Where a blank stands that the engine may take for a letter. It makes spaces of
 * blanks outside of ASCII in a pass of its own, which knows neither comments that
 * may hold quotes, nor backslashes before quotes, nor a $ within a name, and
 * leaves what it believes to be quoted.
 */
export function findDoubtfulBlank(sql: string): number | undefined {
  let misled = false;
  for (const { kind, from, text } of piecesOf(sql)) {
    const at = kind === "blank" && !text.startsWith("--") ? text.search(WIDE_BLANK) : -1;
    if (misled && at >= 0) return from + at;
    misled ||= kind === "comment" || (kind !== "blank" && /[$\\]/.test(text));
  }
  return undefined;
}

const WIDE_BLANK = new RegExp(`[${WIDE}]`);

interface Piece {
  readonly kind: "blank" | "comment" | "quoted" | "word";
  readonly from: number;
  readonly text: string;
}

function* piecesOf(sql: string): Generator<Piece> {
  let from = 0;
  const upTo = (end: number): string => sql.slice(from, end);
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = from;
    return pattern.exec(sql)?.[0];
  };
  while (from < sql.length) {
    const blank = take(BLANKS);
    const dollars = blank === undefined ? take(DOLLARS) : undefined;
    const quoted = blank === undefined ? take(QUOTED) : undefined;
    const piece: Omit<Piece, "from"> =
      blank !== undefined
        ? { kind: "blank", text: blank }
        : sql.startsWith("/*", from)
          ? { kind: "comment", text: upTo(endOfComment(sql, from)) }
          : dollars !== undefined
            ? { kind: "quoted", text: upTo(endOfText(sql, from, dollars)) }
            : quoted !== undefined
              ? { kind: "quoted", text: quoted }
              : { kind: "word", text: take(WORD) ?? "" };
    yield { ...piece, from };
    from += piece.text.length;
  }
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
