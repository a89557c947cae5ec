import { expect, test } from "vitest";
import { csvHead } from "../../../src/formats/csv-head.ts";

test.each<[string, string, string[] | undefined]>([
  ["email,name\n", ",", ["email", "name"]],
  ["email;name\r\n", ";", ["email", "name"]],
  ["email\r", ",", ["email"]],
  ['"a,b";"c""d";e\n', ";", ["a,b", 'c"d', "e"]],
  ['"two\nlines",x\n', ",", ["two\nlines", "x"]],
  ["a|b,c|d\n", "|", ["a", "b,c", "d"]],
  ["sep=|\na|b\n", "|", ["a", "b"]],
  ["separate,b\n", ",", ["separate", "b"]],
  ["email,na", ",", undefined],
  [' email,name , "a, b" ,\u00a0c\u2003,\td\n', ",", ["email", "name", "a, b", "c", "\td"]],
  ["email\nann@example.com;Ann\n", ";", ["email"]],
  ['email\n"a;b"\n', ",", ["email"]],
])("%j", (text, delimiter, names) => {
  expect(csvHead(text, false, undefined)).toMatchObject({
    delimiter,
    names,
    skip: text.startsWith("sep=") ? 1 : 0,
  });
});

test("empty lines before the header are skipped", () => {
  expect(csvHead("\r\n\r\na;b\r\n", false, undefined)).toMatchObject({
    delimiter: ";",
    names: ["a", "b"],
    skip: 2,
  });
  expect(csvHead("sep=;\n\na;b\n", false, undefined)).toMatchObject({ names: ["a", "b"], skip: 2 });
});

test("the whole of a file may end without a line end", () => {
  expect(csvHead("email,name", true, undefined).names).toEqual(["email", "name"]);
});

test("a stated delimiter is used, and one that the file itself states comes before it", () => {
  expect(csvHead("a;b~c\n", true, "~")).toMatchObject({ delimiter: "~", names: ["a;b", "c"] });
  expect(csvHead("sep=;\na;b~c\n", true, "~")).toMatchObject({ delimiter: ";" });
});

test.each<[string, string]>([
  ["email;spend (EUR, net)\nann@example.com;12\n", ";"],
  ["email;name;spend (EUR, net, a year, in all)\nann@example.com;Ann;12\n", ";"],
  ["email\tname, or names\nann@example.com\tAnn, Bea\n", "\t"],
  ["email,a|b|c\nann@example.com,1\n", ","],
  ["email,name,note\nann@example.com,Ann,a;b,c\n", ","],
])("the first row settles which delimiter is meant where titles hold several: %j", (text, delimiter) => {
  expect(csvHead(text, true, undefined).delimiter).toBe(delimiter);
});

test("the first row comes along, as far as it was read", () => {
  expect(csvHead('a,b\r\n1,"2\n3"\r\nx', false, undefined).row).toEqual(["1", "2\n3"]);
  expect(csvHead("a,b\n1,", false, undefined).row).toBeUndefined();
});
