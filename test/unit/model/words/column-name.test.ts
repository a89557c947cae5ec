import { expect, test } from "vitest";
import { dataRowLikelihood, shownName } from "../../../../src/model/words/column-name.ts";

test.each<[string, string]>([
  ["email", "email"],
  ["First name", "First name"],
  ["E-Mail (privat)", "E-Mail (privat)"],
  ["straße 名 👍", "straße 名 👍"],
  ["email\u200b", "email\\u{200b}"],
  ["\ufeffemail", "\\u{feff}email"],
  ["first\u00a0name", "first\\u{a0}name"],
  [" email ", "\\u{20}email\\u{20}"],
  ["soft\u00adhyphen", "soft\\u{ad}hyphen"],
  ["Stra\u0308sse", "Stra\\u{308}sse"],
  ["a\tb", "a\\u{9}b"],
])("%j is shown as %s", (name, shown) => expect(shownName(name)).toBe(shown));

test.each<[ReturnType<typeof dataRowLikelihood>, string[]]>([
  ["no", ["email", "name"]],
  ["no", ["e@mail", "@handle", "2024", "Q1", ""]],
  ["no", ["utm_12345", "kpi 2024-01-01"]],
  ["certainly", ["Ann", "ann@example.com"]],
  ["certainly", ["Ann <ann@example.com>"]],
  ["likely", ["Ann", "1987-03-29"]],
  ["likely", ["Ann", "29.03.1987"]],
  ["likely", ["3/29/87"]],
  ["likely", ["+49 170 123"]],
  ["likely", ["12345"]],
  ["likely", ["9f1c2d34-0000-4000-8000-00000000ABCD"]],
])("%s data: %j", (expected, names) => expect(dataRowLikelihood(names)).toBe(expected));

test.each<[ReturnType<typeof dataRowLikelihood>, string[], string[]]>([
  ["no", ["email", "2024-01", "50000-100000"], ["ann@example.com", "1", "2"]],
  ["likely", ["name", "2024-01"], ["Ann", "1"]],
  ["likely", ["", "2024-01-02"], ["ann@example.com", "2024-01-03"]],
  ["likely", ["12345", "2024-01-02"], ["ann@example.com", "2024-01-03"]],
  ["likely", ["email", "news@example.com"], ["ann@example.com", "yes"]],
  ["certainly", ["ann@example.com", "Ann"], ["ben@example.com", "Ben"]],
  ["certainly", ["ann@example.com", ""], ["ben@example.com", "ben@example.org"]],
])("%s data: %j over %j", (expected, names, below) => expect(dataRowLikelihood(names, below)).toBe(expected));
