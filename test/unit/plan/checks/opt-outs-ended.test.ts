import { expect, test } from "vitest";
import { askCheck } from "../../../../src/plan/checks/check.ts";
import { isUnlikely, optOutsEnded } from "../../../../src/plan/checks/opt-outs-ended.ts";

test.each<[number, number, boolean]>([
  [2, 2, false],
  [3, 3, true],
  [9, 5, false],
  [6, 6, true],
  [30, 6, false],
  [29, 6, true],
  [1_000_000, 200_000, false],
  [1_000_000, 200_001, true],
])("%d known people, of whom %d end at once, are refused: %s", (known, ended, unlikely) => {
  expect(isUnlikely({ known, ended })).toBe(unlikely);
  expect(askCheck(optOutsEnded, [{ said: "bounced", known, ended }])).toHaveLength(unlikely ? 1 : 0);
});

test("the check names the place and how many", () =>
  expect(askCheck(optOutsEnded, [{ said: "bounced", known: 2000, ended: 1500 }])).toMatchObject([
    {
      name: "opt-outs-ended",
      status: "failed",
      message: expect.stringMatching(/^1,500 of 2,000 people who bounced/),
    },
  ]));
