import { expect, it } from "vitest";
import { findDoubtfulBlank, wordsOf } from "../../../../src/engine/user-sql/sql-words.js";

it.each<[string, string, string]>([
  ["words and signs", "SELECT a1,b$c FROM T", "select a1 , b$c from t"],
  ["texts and names in quotes", `'a''b' "c""d" x`, "' ' x"],
  ["a backslash that is a text", `'a\\' x`, "' x"],
  ["a backslash before a quote", `E'a\\'b' x e'a''b' y`, "' x ' y"],
  ["a text that goes on in the next line", `e'a'\n'b\\'c' x`, "' x"],
  ["an e that is the end of a word", `date'a\\' x`, "date ' x"],
  ["texts in dollars", "$$ it's $$ x $a$ $$ $b$ $a$ y $1", "' x ' y $ 1"],
  ["a text in dollars without end", "x $a$ $b$ y", "x '"],
  ["comments", "a -- it's\nb /* it's /* x */ y */ c/**/d", "a b c d"],
  ["a comment without end", "a /* /* */ b", "a"],
  ["blanks of all kinds", "a\u00a0b\u200bc\u3000d", "a b c d"],
  ["blanks that are letters to the engine", "a\u1680end b\u2028end", "a\u1680end b\u2028end"],
  ["numbers", "1_000case 0xCAse 1.end 1e5x", "1_000 case 0xca se 1. end 1e5 x"],
  ["letters of all kinds", "élan größe", "élan größe"],
])("%s", (_name, sql, words) => {
  expect(wordsOf(sql).join(" ")).toBe(words);
});

it.each<[string, string, number | undefined]>([
  ["alone", "SELECT a\u00a0end", undefined],
  ["at the start of a file", "\ufeffSELECT a -- $\u00a0", undefined],
  ["in texts, names and comments", `SELECT 'a\u00a0b' "\u00a0" /* ' \u00a0 */ --\u00a0`, undefined],
  ["after a comment", "SELECT /* ' */ a\u00a0end", 16],
  ["after a backslash", "SELECT e'\\'', a\u3000end", 15],
  ["after a $ in a name", "SELECT a$b$\u2060end", 11],
])("a blank that may be a letter: %s", (_name, sql, at) => {
  expect(findDoubtfulBlank(sql)).toBe(at);
});
