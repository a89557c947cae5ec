import { oneOfSql } from "./one-of.js";

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

const FIRST_LETTERS = [...new Set(NULL_WORDS.map((word) => word.charCodeAt(0)))];

/**
 * SQL: a text; NULL where it is such a word. Another case is a name: there are
 * people called Null. Few texts are compared with the whole list.
 */
export function withoutNullWordSql(text: string): string {
  const maybe = FIRST_LETTERS.map((letter) => `ascii(${text}) = ${letter}`).join(" OR ");
  return `CASE WHEN NOT (${maybe}) THEN ${text} WHEN ${oneOfSql(text, NULL_WORDS)} THEN NULL ELSE ${text} END`;
}
