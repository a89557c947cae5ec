import { expect, test } from "vitest";
import type { Limit, Safeguards } from "../../../../src/model/export.js";
import { mostRejected, unlimitedRejects } from "../../../../src/plan/checks/max-rejected.js";

const limited = (maxRejected: Limit | undefined) => ({
  name: "weekly",
  safeguards: { maxRejected } as Safeguards,
});
const two = limited({ count: 2, share: undefined });
const tenth = limited({ count: undefined, share: 0.1 });

test.each([
  ["no limit", limited(undefined), 1000, undefined],
  ["a number", two, 1000, 2],
  ["a share", tenth, 1000, 100],
  ["the stricter of both", limited({ count: 7, share: 0.1 }), 1000, 7],
  ["no share of fewer than ten", tenth, 9, undefined],
])("%s", (_, wanted, sent, most) => {
  expect(mostRejected(wanted, sent, false)).toBe(most);
  expect(mostRejected(wanted, sent, true)).toBeUndefined();
});

test("a plan names the check only where a person lets it pass", () => {
  const override = { exportName: "weekly", check: "max-rejected" };
  expect(unlimitedRejects(two, [])).toEqual([]);
  expect(unlimitedRejects(two, [{ ...override, exportName: "other" }])).toEqual([]);
  expect(unlimitedRejects(limited(undefined), [override])).toEqual([]);
  expect(unlimitedRejects(two, [override])).toMatchObject([{ name: "max-rejected", status: "failed" }]);
});
