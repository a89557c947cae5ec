import { describe, expect, test } from "vitest";
import type { ConfigChange, ExportPlan } from "../../../src/model/plan/plan.js";
import { changesList, changesRecord, hasChanges, isIncomplete } from "../../../src/plan/changes.js";
import { countChanged, countHeldBack } from "../../../src/plan/counts.js";
import { exportPlan } from "../../golden/report/values.js";

const counts = (more: Partial<ExportPlan["counts"]>): ExportPlan["counts"] => ({
  ...exportPlan().counts,
  ...more,
});
const error = { kind: "invalid", message: "x", hint: undefined };
const change = (kind: ConfigChange["kind"]): ConfigChange => ({ export: "weekly", kind, diff: "" });

describe("a plan changes", () => {
  test.each<[string, Partial<ExportPlan>, boolean]>([
    ["nothing by itself", {}, false],
    [
      "nothing by people who are held back, left, found or unchanged",
      { counts: counts({ left: 3, found: 2, unchanged: 9, heldBack: { suppressed: 4 } }) },
      false,
    ],
    ["a list by an add", { counts: counts({ add: 1 }) }, true],
    ["a list by an update", { counts: counts({ update: 1 }) }, true],
    ["a list by a removal", { counts: counts({ remove: 1 }) }, true],
    ["a list that it creates", { list: { id: undefined, name: "x", create: true } }, true],
    ["the fields of a list", { fieldsToCreate: ["SCORE"] }, true],
    ["nothing by an export that failed", { counts: counts({ add: 1 }), error }, false],
  ])("%s", (_, more, expected) => {
    const item = exportPlan(more);
    expect(changesList(item)).toBe(expected);
    expect(hasChanges({ configChanges: [], exports: [exportPlan(), item] })).toBe(expected);
  });

  test("nothing without exports", () => expect(hasChanges({ configChanges: [], exports: [] })).toBe(false));

  test.each<[ConfigChange["kind"], boolean]>([
    ["new", false],
    ["changed", false],
    ["orphaned", false],
    ["renamed", true],
    ["moved", true],
    ["removed", true],
    ["protected", true],
    ["unprotected", true],
  ])("the record where an export is %s: %s", (kind, expected) => {
    expect(changesRecord(change(kind))).toBe(expected);
    expect(hasChanges({ configChanges: [change(kind)], exports: [] })).toBe(expected);
  });
});

test("a plan is incomplete as soon as one export could not be planned", () => {
  expect(isIncomplete({ exports: [] })).toBe(false);
  expect(isIncomplete({ exports: [exportPlan()] })).toBe(false);
  expect(isIncomplete({ exports: [exportPlan(), exportPlan({ error })] })).toBe(true);
});

test("the counts include people who are sent, and people who are held back for any reason", () => {
  expect(countChanged({ add: 1, update: 20, remove: 300 })).toBe(321);
  expect(countHeldBack({ heldBack: {} })).toBe(0);
  expect(countHeldBack({ heldBack: { suppressed: 2, invalid: 30 } })).toBe(32);
});
