import type { Config } from "../../model/config/config.js";
import { Failure } from "../../model/failure.js";
import { ownValue } from "../../model/own-value.js";
import {
  MAX_CONFIG_CHARACTERS,
  MAX_CONFIG_VALUES,
  MAX_FILES,
  MAX_TEST_CASES,
  MAX_TEST_CELLS,
} from "../limits.js";
import type { Case, RollcallTestFile } from "./test-file.gen.js";

/** What test files come to. */
export interface TestSize {
  readonly files: number;
  readonly characters: number;
  /** Keys and items of lists. */
  readonly values: number;
  readonly cases: number;
  /** Rows times columns that are written and loaded for all cases. */
  readonly cells: number;
}

export const NO_TESTS: TestSize = { files: 0, characters: 0, values: 0, cases: 0, cells: 0 };

const MOST: TestSize = {
  files: MAX_FILES,
  characters: MAX_CONFIG_CHARACTERS,
  values: MAX_CONFIG_VALUES,
  cases: MAX_TEST_CASES,
  cells: MAX_TEST_CELLS,
};

const WORDS: Readonly<Record<keyof TestSize, string>> = {
  files: "files",
  characters: "characters",
  values: "keys and items",
  cases: "cases",
  cells: "values in the rows of all cases, each row with all columns of its source",
};

/** Both together. Throws when that is more than can be run in a minute or two. */
export function addSizes(size: TestSize, more: Partial<TestSize>): TestSize {
  const parts = Object.keys(size) as (keyof TestSize)[];
  const sum = Object.fromEntries(parts.map((part) => [part, size[part] + (more[part] ?? 0)]));
  const over = parts.find((part) => (sum[part] ?? 0) > MOST[part]);
  if (over === undefined) return { ...size, ...sum };
  throw new Failure(
    "invalid",
    `The tests are too large: together they have more than ${MOST[over]} ${WORDS[over]}.`,
    {
      hint: "Name some of the files, or take fewer cases and rows: a few rows show what a segment does.",
    },
  );
}

/** Cases of which the same is given are evaluated together. */
export function givenKey({ given = {} }: Case): string {
  return JSON.stringify(given);
}

export function sizeOfCases(
  { sources, cases }: RollcallTestFile,
  config: Pick<Config, "sources">,
): Partial<TestSize> {
  const given = [...new Map(cases.map((one) => [givenKey(one), one.given])).values()];
  let cells = 0;
  for (const { name, columns } of config.sources.values()) {
    const own = ownValue(sources, name) ?? [];
    const names = new Set(Object.keys(columns));
    const more = given.map((one) => [ownValue(one?.sources, name), ownValue(one?.add, name) ?? []] as const);
    for (const row of [own, ...more.flatMap(([instead = [], added]) => [instead, added])].flat())
      for (const column of Object.keys(row)) names.add(column);
    // One more for the headings.
    const rows = more.reduce(
      (all, [instead = own, added]) => all + instead.length + added.length + 1,
      own.length,
    );
    cells += rows * Math.max(1, names.size);
  }
  return { cases: cases.length, cells };
}
