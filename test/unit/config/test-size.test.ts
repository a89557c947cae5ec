import { expect, it } from "vitest";
import { NO_TESTS, sizeOfCases, addSizes } from "../../../src/config/test-file/size.js";
import type { RollcallTestFile } from "../../../src/config/test-file/test-file.gen.js";
import type { Config } from "../../../src/model/config/config.js";

const people = { name: "people", type: "files", columns: { email: "text", city: "text" } };
const config = { sources: new Map([["people", people]]) } as unknown as Config;
const rows = (count: number): { email: string }[] =>
  Array.from({ length: count }, () => ({ email: "a@b.example" }));
const expecting = { segments: { all: { count: 1 } } };

it("the size of a test file counts the rows of all cases with all columns of their source", () => {
  const file: RollcallTestFile = {
    sources: { people: [...rows(9), { email: "b@b.example", country: "DE" }] },
    cases: [
      { name: "as above", expect: expecting },
      { name: "and again", expect: expecting },
      { name: "one more", given: { add: { people: [{ born: "2000-01-01" }] } }, expect: expecting },
      { name: "others", given: { sources: { people: rows(2) } }, expect: expecting },
    ],
  };
  // To find the types 10 rows, then 10, 11 and 2 with a heading each; email, city, country and born.
  expect(sizeOfCases(file, config)).toEqual({ cases: 4, cells: (10 + 11 + 12 + 3) * 4 });
  expect(sizeOfCases({ cases: [{ name: "nobody", expect: expecting }] }, config)).toEqual({
    cases: 1,
    cells: 2,
  });
});

it.each([
  [{ cases: 600 }, "1000 cases"],
  [{ cells: 3_000_000 }, "5000000 values in the rows of all cases"],
  [{ values: 300_000 }, "400000 keys and items"],
  [{ characters: 9_000_000 }, "16777216 characters"],
  [{ files: 600 }, "1000 files"],
])("test files that are too large together are refused: %j twice", (size, words) => {
  const once = addSizes(NO_TESTS, size);
  expect(once).toEqual({ ...NO_TESTS, ...size });
  expect(() => addSizes(once, size)).toThrow(
    `The tests are too large: together they have more than ${words}`,
  );
});
