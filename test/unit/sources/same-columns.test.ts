import { expect, test } from "vitest";
import { findOddFile, type Columns } from "../../../src/formats/same-columns.ts";

const odd = (...files: Columns[]): unknown =>
  findOddFile(files.map((columns, index) => ({ path: `${index}`, ...columns })));
const columns = (always: string, sometimes = ""): Columns => ({
  names: [...always.split(" "), ...sometimes.split(" ").filter((name) => name !== "")],
  sometimes: sometimes.split(" ").filter((name) => name !== ""),
});

test("what only some rows have may be missing in a file, or be there alone", () => {
  expect(odd(columns("email", "phone"), columns("email"))).toBeUndefined();
  expect(odd(columns("email"), columns("email"), columns("email", "phone"))).toBeUndefined();
  expect(odd(columns("email phone"), columns("email", "phone"), columns("email"))).toBeUndefined();
  expect(odd(columns("email", "a b"), columns("email", "b c"), columns("email", "a c"))).toBeUndefined();
});

test("what every row of the others has may not", () => {
  expect(odd(columns("email consent", "phone"), columns("email"))).toEqual({
    path: "1",
    other: "0",
    missing: ["consent"],
    more: [],
  });
  expect(odd(columns("email"), columns("email newsletter", "phone"))).toMatchObject({ more: ["newsletter"] });
});

test("one that is called otherwise in one file is not only missing there", () => {
  const usual = columns("email", "consent phone");
  expect(odd(usual, usual, columns("email", "Agreed phone"))).toMatchObject({
    path: "2",
    missing: ["consent"],
    more: ["Agreed"],
  });
  expect(odd(columns("id", "email"), columns("id", "mail"))).toMatchObject({ path: "0" });
});

test("a column without a name is nobody's", () => {
  expect(odd({ names: ["", "email"] }, { names: ["email", "", ""] })).toBeUndefined();
  expect(odd({ names: ["Email"] }, { names: ["email"] })).toBeUndefined();
});
