import { expect, test } from "vitest";
import { applyPatch } from "diff";
import { lineRuns, unifiedDiff } from "../../../src/report/line-diff.js";
import { plain } from "../../../src/report/layout/palette.js";
import { testFailuresHuman } from "../../../src/report/tests-human.js";

const NAMES = ["before", "after"] as const;
const lines = (count: number, of: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => of(index));
const text = (count: number, of: (index: number) => string): string =>
  lines(count, (index) => `${of(index)}\n`).join("");

test("a diff of texts that are much alike is the shortest one", () => {
  const before = text(3000, (index) => `line ${index}`);
  const after = before.replace("line 1500\n", "another\n");
  expect(unifiedDiff(NAMES, [before, after], 1)).toBe(
    "===================================================================\n--- before\n+++ after\n" +
      "@@ -1500,3 +1500,3 @@\n line 1499\n-line 1500\n+another\n line 1501\n",
  );
});

test("texts of tens of thousands of other lines are set against each other whole", () => {
  const before = text(60_000, (index) => `      a${index}: {}`);
  const after = text(60_000, (index) => `  a${index}: {}`);
  const diff = unifiedDiff(NAMES, [before, after]);
  expect(diff.match(/^@@.*$/gmu)).toEqual(["@@ -1,60000 +1,60000 @@"]);
  expect(applyPatch(before, diff)).toBe(after);
});

test.each(["", "no end", "1\n2"])("what is set against %j whole can be made of it by the diff", (before) => {
  for (const after of [
    text(5000, (index) => `${index}`),
    text(5000, (index) => `${index}`) + "\\ No newline",
  ]) {
    expect(applyPatch(before, unifiedDiff(NAMES, [before, after]))).toBe(after);
    expect(applyPatch(after, unifiedDiff(NAMES, [after, before]))).toBe(before);
  }
});

test("lists of thousands of other lines are set against each other whole", () => {
  const expected = lines(16_000, (index) => `a${index}@example.com`);
  const got = lines(16_000, (index) => `b${index}@example.com`);
  expect(lineRuns(expected, got)).toEqual([
    { in: "old", lines: expected },
    { in: "new", lines: got },
  ]);
  expect(lineRuns(["a", "b"], ["b", "c"])).toEqual([
    { in: "old", lines: ["a"] },
    { in: "both", lines: ["b"] },
    { in: "new", lines: ["c"] },
  ]);
});

test("a test that expected thousands of other people says so", () => {
  const expected = lines(16_000, (index) => `a${index}@example.com`);
  const got = lines(16_000, (index) => `b${index}@example.com`);
  const failure = {
    expectation: "segments.all.members",
    message: "Other people are in the segment: 16000 missing, 16000 too many.",
    expected,
    got,
    position: { file: "x.test.yaml", line: 1, column: 1 },
    frame: "",
  };
  const told = testFailuresHuman(
    [{ file: "x.test.yaml", name: "x", position: failure.position, milliseconds: 1, failures: [failure] }],
    plain,
  );
  expect(told).toContain("- a15999@example.com");
  expect(told).toContain("+ b15999@example.com");
});
