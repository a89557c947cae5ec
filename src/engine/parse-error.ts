import { Failure } from "../model/failure.js";
import { maskAddresses } from "../platform/mask-addresses.js";

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

/** Says where SQL is not understood, and shows the word as the person wrote it. `before` is ours and stands before it. */
export function notParsed(
  { error_message: message = "", position }: ParseError,
  sql: string,
  before: string,
): Failure {
  if (/^Only SELECT/i.test(message))
    return /\bpivot\b/i.test(sql)
      ? new Failure("invalid", "The SQL must be a SELECT; a PIVOT must name its columns.", {
          hint: "Say which with IN, e.g. `PIVOT orders ON year IN (2023, 2024) USING sum(total)`.",
        })
      : new Failure("invalid", "The SQL must be a SELECT.");
  const phrase = PHRASES.find((one) => message.startsWith(one)) ?? "not understood";
  const at = position === undefined ? Number.NaN : Number(position) - before.length;
  return new Failure(
    "invalid",
    `The SQL cannot be parsed: ${phrase}${Number.isNaN(at) ? "" : placeOf(sql, at)}.`,
  );
}

function placeOf(sql: string, at: number): string {
  const letters = Array.from(sql);
  const from = letters.slice(Math.max(at, 0)).join("");
  const [word] = /^(?:[\p{L}\p{N}_$]+|["'][^\n]*|\S)/u.exec(from) ?? [];
  if (word === undefined) return " at its end";
  const before = letters.slice(0, Math.max(at, 0));
  const column = before.length - before.lastIndexOf("\n");
  const line = before.filter((letter) => letter === "\n").length + 1;
  const shown = maskAddresses(word);
  const cut = shown.length > LONGEST_WORD ? `${shown.slice(0, LONGEST_WORD)}…` : shown;
  return ` at or near "${cut}" (line ${line}, column ${column})`;
}
