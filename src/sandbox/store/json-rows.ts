/** A JSON body whose rows have not been parsed yet. */
export interface RowsBody {
  /** The body with the array emptied. */
  readonly envelope: Record<string, unknown>;
  /** Undefined when the body has no such array. Throws `SyntaxError` at a malformed row. */
  readonly rows: Iterable<unknown> | undefined;
  readonly count: number;
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Takes the array `key` of a JSON object apart into rows that are parsed a few
 * at a time: parsing a whole body makes objects that outlive the young
 * generation, and collecting those costs more than the parsing itself.
 * `undefined` when the text is not a JSON object.
 */
export function splitRows(body: Buffer, key: string): RowsBody | undefined {
  const text = body.toString("utf8");
  try {
    const start = arrayStart(text, key);
    if (start === undefined) return { envelope: object(text), rows: undefined, count: 0 };
    const { bounds, end } = elements(text, start);
    const envelope = object(text.slice(0, start + 1) + text.slice(end));
    return { envelope, rows: { [Symbol.iterator]: () => parseRows(text, bounds) }, count: bounds.length / 2 };
  } catch {
    return undefined;
  }
}

function object(text: string): Record<string, unknown> {
  const value = JSON.parse(text) as unknown;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SyntaxError("no object");
  return value as Record<string, unknown>;
}

/** Few enough that their objects die young, enough that a parser's start costs little. */
const ROWS_AT_ONCE = 64;

function* parseRows(text: string, bounds: readonly number[]): Generator<unknown> {
  for (let at = 0; at < bounds.length; at += ROWS_AT_ONCE * 2) {
    const last = Math.min(at + ROWS_AT_ONCE * 2, bounds.length) - 1;
    yield* JSON.parse(`[${text.slice(bounds[at], bounds[last])}]`) as unknown[];
  }
}

/** Where the array of a top-level member begins. */
function arrayStart(text: string, key: string): number | undefined {
  const wanted = JSON.stringify(key);
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_LIST || code === OPEN_OBJECT) depth++;
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
    else if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (depth === 1 && text.slice(at, end) === wanted) {
        const list = /\s*:\s*\[/y;
        list.lastIndex = end;
        if (list.test(text)) return list.lastIndex - 1;
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** Bounds of an array's elements, and where its closing bracket stands. */
function elements(text: string, start: number): { bounds: number[]; end: number } {
  const bounds: number[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at) - 1;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth++;
    else if (depth > 0) {
      if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
    } else if (code === COMMA) {
      bounds.push(from, at);
      from = at + 1;
    } else if (code === CLOSE_LIST) {
      if (bounds.length > 0 || text.slice(from, at).trim() !== "") bounds.push(from, at);
      return { bounds, end: at };
    }
  }
  throw new SyntaxError("the array is not closed");
}

/** The position after a string that begins at `at`. */
function stringEnd(text: string, at: number): number {
  for (let from = at + 1; ;) {
    const end = text.indexOf('"', from);
    if (end === -1) throw new SyntaxError("the string is not closed");
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
    from = end + 1;
  }
}
