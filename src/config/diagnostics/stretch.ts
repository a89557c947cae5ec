import type { ConfigDocument } from "../yaml/document.js";
import type { Problem } from "./problem.js";

/**
 * Where a stretch of a text is in the file, whose range is known. Quotes,
 * escapes, indentation and folding only add to what the text says, so its
 * letters are found one after the other.
 */
export function stretchOf(
  document: ConfigDocument,
  [from, to]: readonly [number, number],
  { text, start, end }: NonNullable<Problem["within"]>,
): [number, number] {
  let at = from;
  let first = from;
  for (let index = 0; index < Math.max(end, start + 1) && at < to; index++) {
    const letter = text[index] ?? "";
    if (letter.trim() === "") continue;
    while (at < to && document.text[at] !== letter) at++;
    if (index <= start) first = at;
    at++;
  }
  return [first, Math.min(at, to)];
}
