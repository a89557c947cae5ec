import { expect, test } from "vitest";
import type { PolicyResult } from "../../../src/model/config/policy.js";
import { checksOfPolicies, isRefusing, findRefusingPolicies } from "../../../src/plan/policies.js";

const few = { name: "few", level: "mandatory", status: "violated", message: "Too many." } as const;

test.each<[PolicyResult["level"], PolicyResult["status"], boolean]>([
  ["mandatory", "violated", true],
  ["mandatory", "error", true],
  ["mandatory", "approved", false],
  ["mandatory", "ok", false],
  ["advisory", "violated", false],
  ["advisory", "error", false],
  ["advisory", "ok", false],
])("a policy that is %s and %s refuses the plan: %s", (level, status, expected) => {
  const policy = { ...few, level, status };
  expect(isRefusing(policy)).toBe(expected);
  expect(findRefusingPolicies({ policies: [policy] })).toEqual(expected ? [policy] : []);
  expect(checksOfPolicies({ policies: [policy] })).toHaveLength(expected ? 1 : 0);
});

test("a plan without policies is refused by none", () => expect(checksOfPolicies({})).toEqual([]));

test.each<[string, Partial<PolicyResult>, string | undefined]>([
  ["nothing lets it pass", {}, undefined],
  [
    "it could not be evaluated",
    { error: "no such key", status: "error" },
    "It could not be evaluated: no such key.",
  ],
  [
    "one approval is there",
    { needs: { group: "leads", count: 2, have: 1 } },
    "It takes 2 approvals by leads; there is 1.",
  ],
  [
    "none is there",
    { needs: { group: "leads", count: 1, have: 0 } },
    "It takes 1 approval by leads; there are 0.",
  ],
])("the check of a policy says so when %s", (_, more, hint) => {
  expect(checksOfPolicies({ policies: [{ ...few, ...more }] })).toEqual([
    { name: "policy:few", status: "failed", message: "Too many.", ...(hint === undefined ? {} : { hint }) },
  ]);
});
