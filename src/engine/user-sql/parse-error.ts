import { Failure } from "../../model/failure.js";
import { shownPath } from "../../platform/files/file-fault.js";
import { maskAddresses } from "../../platform/secrets/mask-addresses.js";
import { SqlFault, type Stretch } from "./sql-fault.js";

/** What the engine's parser answers where it does not understand. */
export interface ParseError {
  readonly error_message?: string;
  /** In letters, from the start of what was parsed. */
  readonly position?: string;
}

const PHRASES = [
  "syntax error",
  "unterminated quoted string",
  "unterminated quoted identifier",
  "unterminated /* comment",
  "unterminated dollar-quoted string",
  "zero-length delimited identifier",
];
const LONGEST_WORD = 60;

/**
 * Says where SQL is not understood, and shows the word as the person wrote it.
 * `before` is ours and stands before it. Of a `file` no word is shown: it may be
 * one of data or of keys that a config names by mistake, or on purpose.
 */
export function explainParseError(
  { error_message: message = "", position }: ParseError,
  sql: string,
  before: string,
  file: string | undefined,
): Failure {
  if (/^Only SELECT/i.test(message))
    return /\bpivot\b/i.test(sql)
      ? new Failure("invalid", "The SQL must be a SELECT; a PIVOT must name its columns.", {
          hint: "Say which with IN, e.g. `PIVOT orders ON year IN (2023, 2024) USING sum(total)`.",
        })
      : new Failure("invalid", "The SQL must be a SELECT.");
  const phrase = PHRASES.find((one) => message.startsWith(one)) ?? "not understood";
  const at = position === undefined ? Number.NaN : Number(position) - before.length;
  const what = file === undefined ? "The SQL" : `The SQL in ${shownPath(file)}`;
  const place = Number.isNaN(at) ? "" : placeOf(sql, at, file === undefined);
  return new SqlFault(
    `${what} cannot be parsed: ${phrase}${place}.`,
    Number.isNaN(at) ? {} : { stretch: stretchAt(sql, at) },
  );
}

/** Of the word at a letter of the SQL, or of its end. */
function stretchAt(sql: string, at: number): Stretch {
  const start = Math.min(Array.from(sql).slice(0, Math.max(at, 0)).join("").length, sql.trimEnd().length);
  const word = wordAt(sql.slice(start)) ?? "";
  return { start, end: start + word.length };
}

function wordAt(from: string): string | undefined {
  return /^(?:[\p{L}\p{N}_$]+|["'][^\n]*|\S)/u.exec(from)?.[0];
}

function placeOf(sql: string, at: number, quoting: boolean): string {
  const letters = Array.from(sql);
  const from = letters.slice(Math.max(at, 0)).join("");
  const word = wordAt(from);
  if (word === undefined) return " at its end";
  const before = letters.slice(0, Math.max(at, 0));
  const column = before.length - before.lastIndexOf("\n");
  const line = before.filter((letter) => letter === "\n").length + 1;
  if (!quoting) return ` (line ${line}, column ${column})`;
  const shown = maskAddresses(word);
  const cut = shown.length > LONGEST_WORD ? `${shown.slice(0, LONGEST_WORD)}…` : shown;
  return ` at or near "${cut}" (line ${line}, column ${column})`;
}
