/** Deeper than any answer, and shallow enough for whatever walks through it. */
const DEEPEST = 100;

/**
 * Parses JSON that can be read in one way only. A name that stands twice in an
 * object means different things to different readers, so that it is refused.
 * Throws a `SyntaxError` whose message says what is wrong and quotes nothing.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    // What V8 says quotes the text.
    throw new SyntaxError(troubleIn(text) ?? "something else");
  }
  if (keptNames(value, 0) === writtenNames(text)) return value;
  const trouble = troubleIn(text);
  if (trouble !== undefined) throw new SyntaxError(trouble);
  return value;
}

/** How many names a value holds; NaN where it is nested too deeply. */
function keptNames(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (depth === DEEPEST) return Number.NaN;
  let names = 0;
  if (Array.isArray(value)) {
    for (const entry of value) names += keptNames(entry, depth + 1);
    return names;
  }
  for (const entry of Object.values(value)) names += 1 + keptNames(entry, depth + 1);
  return names;
}

/**
 * How many names are written, or more: a string may begin with a colon. When no
 * more are written than were kept, none was written twice; going through the
 * text letter by letter takes three times as long as parsing it.
 */
function writtenNames(text: string): number {
  if (/"[\t\n\r ]+:/u.test(text)) return Number.NaN;
  let names = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) names++;
  return names;
}

const QUOTE = 34;
const BACKSLASH = 92;

function troubleIn(text: string): string | undefined {
  // The names of each object that is open, undefined for a list.
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 || code === 91) {
      open.push(code === 123 ? new Set() : undefined);
      if (open.length > DEEPEST) return "JSON that is nested too deeply";
    } else if (code === 125 || code === 93) {
      open.pop();
    } else if (code === QUOTE) {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names !== undefined && isName(text, end)) {
        const name = nameIn(text, at, end);
        if (names.has(name)) return "JSON in which a name stands twice";
        names.add(name);
      }
      at = end;
    }
  }
  return undefined;
}

/** Where the closing quote is; the end of the text if there is none. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/** A string in an object is a name when a colon follows. */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return text.charCodeAt(at) === 58;
}

/** `a` and `\u0061` are the same name. */
function nameIn(text: string, from: number, end: number): string {
  const raw = text.slice(from + 1, end);
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}
