import { describe, expect, it } from "vitest";
import type { Check } from "../../../src/model/plan/plan.js";
import { isOverridden, parseOverrides, withOverrides } from "../../../src/plan/overrides.js";

const exports = ["weekly", "weekly/7"];

describe("words of --override", () => {
  it("name a check for all of the run, or for one export", () => {
    expect(parseOverrides(["max-adds", "weekly:max-removals", "weekly/7:freshness"], exports)).toEqual([
      { exportName: undefined, check: "max-adds" },
      { exportName: "weekly", check: "max-removals" },
      { exportName: "weekly/7", check: "freshness" },
    ]);
    expect(parseOverrides([], exports)).toEqual([]);
  });

  it.each([
    ["access", 'The check "access" cannot be overridden.'],
    ["weekly:data-privacy", 'The check "data-privacy" cannot be overridden.'],
    ["made-up", 'There is no check "made-up".'],
    // What only warns is let pass by itself.
    ["text-order", 'There is no check "text-order".'],
    ["daily:max-adds", 'There is no export "daily", which --override daily:max-adds names.'],
  ])("of %s are refused", (text, message) => {
    expect(() => parseOverrides([text], exports)).toThrow(message);
  });
});

const failed: Check = { name: "max-adds", status: "failed", message: "" };

it.each([
  ["for all of the run", undefined, "max-adds", true],
  ["for this export", "weekly", "max-adds", true],
  ["for another export", "daily", "max-adds", false],
  ["of another name", undefined, "max-removals", false],
])("a check passes by an override %s: %s, %s", (_, exportName, check, passes) => {
  const overrides = [{ exportName, check }];
  expect(isOverridden("max-adds", "weekly", overrides)).toBe(passes);
  expect(withOverrides("weekly", [failed], overrides)).toEqual([
    { ...failed, status: passes ? "overridden" : "failed", override: "weekly:max-adds" },
  ]);
});

it("a check that cannot be overridden, or did not fail, stays as it is", () => {
  const checks: Check[] = [
    { ...failed, name: "access" },
    { ...failed, status: "warning" },
  ];
  const overrides = ["access", "max-adds"].map((check) => ({ exportName: undefined, check }));
  expect(withOverrides("weekly", checks, overrides)).toEqual(checks);
});
