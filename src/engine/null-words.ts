import { oneOf } from "./one-of.js";

/** What programs write for an empty value, and nobody is called. */
const NULL_WORDS = [
  "NULL",
  "null",
  "(null)",
  "<null>",
  "[null]",
  "\\N",
  "NaN",
  "nan",
  "<NA>",
  "NaT",
  "undefined",
  "[object Object]",
  "#N/A",
  "#NV",
  "#REF!",
  "#VALUE!",
  "#DIV/0!",
  "#NAME?",
  "#NUM!",
  "#NULL!",
];

/** SQL: whether a text is such a word. Another case is a name: there are people called Null. */
export function isNullWord(text: string): string {
  return oneOf(text, NULL_WORDS);
}
