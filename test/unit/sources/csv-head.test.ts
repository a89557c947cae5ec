import { expect, test } from "vitest";
import { csvHead } from "../../../src/sources/files/csv-head.ts";

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
  ["email\nann@example.com;Ann\n", ";", ["email"]],
  ['email\n"a;b"\n', ",", ["email"]],
])("%j", (text, delimiter, names) => {
  expect(csvHead(text, false, undefined)).toEqual({
    delimiter,
    names,
    skip: text.startsWith("sep=") ? 1 : 0,
  });
});

test("empty lines before the header are passed over", () => {
  expect(csvHead("\r\n\r\na;b\r\n", false, undefined)).toEqual({
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
