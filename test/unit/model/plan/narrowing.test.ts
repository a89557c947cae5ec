import { expect, test } from "vitest";
import { withOverrides, narrowedToExport, narrowingOf } from "../../../../src/model/plan/narrowing.js";
import { applyWords } from "../../../../src/report/runs/apply-words.js";

test("a run without a narrowing option has no narrowing", () => {
  expect(narrowingOf({})).toBeUndefined();
  expect(narrowingOf({ targets: [], overrides: [], removalsOnly: false })).toBeUndefined();
  expect(applyWords()).toEqual(["apply"]);
});

test("a command that lets more pass keeps all that narrowed the run, and names no check twice", () => {
  const narrowing = narrowingOf({
    targets: ["a", "b"],
    removalsOnly: true,
    retryRejected: true,
    overrides: ["max-adds", "a:max-removals"],
  });
  expect(applyWords(withOverrides(narrowing, ["a:max-removals", "b:max-removals"])).join(" ")).toBe(
    "apply --target a b --removals-only --retry-rejected --override max-adds --override a:max-removals --override b:max-removals",
  );
});

test("a narrowing to one export leaves out the overrides of others", () => {
  const overrides = ["max-adds", "a:max-removals", "b:max-removals"];
  expect(narrowedToExport({ targets: ["a", "b"], overrides, retryRejected: true }, "a")).toEqual({
    targets: ["a"],
    overrides: ["max-adds", "a:max-removals"],
    retryRejected: true,
  });
  expect(narrowedToExport(undefined, "a")).toEqual({ targets: ["a"] });
});
