import { expect, test } from "vitest";
import type { Limit, Safeguards } from "../../../../../src/model/config/export.js";
import { askCheck } from "../../../../../src/plan/checks/check.js";
import {
  maxRejected,
  maxRejectedCount,
  tooManyRejectedText,
} from "../../../../../src/plan/checks/safeguards/max-rejected.js";

const limited = (limit: Limit | undefined, overridden = false) => ({
  safeguards: { maxRejected: limit } as Safeguards,
  overridden,
});
const two = { count: 2, share: undefined };
const tenth = { count: undefined, share: 0.1 };

test.each<[string, Limit | undefined, number, number | undefined]>([
  ["no limit", undefined, 1000, undefined],
  ["a number", two, 1000, 2],
  ["a share", tenth, 1000, 100],
  ["the stricter of both", { count: 7, share: 0.1 }, 1000, 7],
  ["no share of fewer than ten", tenth, 9, undefined],
])("%s", (_, limit, sent, most) => {
  expect(maxRejectedCount(limited(limit), sent)).toBe(most);
  expect(maxRejectedCount(limited(limit, true), sent)).toBeUndefined();
});

test("a plan shows the check only when a person overrides it", () => {
  expect(askCheck(maxRejected, limited(two))).toEqual([]);
  expect(askCheck(maxRejected, limited(undefined, true))).toEqual([]);
  expect(askCheck(maxRejected, limited(two, true))).toEqual([
    {
      name: "max-rejected",
      status: "failed",
      message: "However many people the destination rejects, the run goes on.",
    },
  ]);
});

test("a run that the check stops names it", () => {
  expect(tooManyRejectedText(1200, 3000, 1)).toBe(
    "The destination rejected 1,200 of 3,000 people, but at most 1 is allowed (max-rejected): the run stops there.",
  );
});
