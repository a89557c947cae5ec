import { expect, test } from "vitest";
import type { Check, ExportPlan } from "../../../src/model/plan/plan.js";
import { sortByDanger, findWorstCheck } from "../../../src/plan/danger.js";
import { exportPlan, planOf } from "../../golden/report/values.js";

const check = (status: Check["status"]): Check => ({ name: status, status, message: "" });
const people = (
  name: string,
  more: Partial<ExportPlan["counts"]>,
  rest: Partial<ExportPlan> = {},
): ExportPlan => exportPlan({ name, counts: { ...exportPlan().counts, ...more }, ...rest });
const error = { kind: "invalid", message: "", hint: undefined };

test.each<[Check["status"][], Check["status"] | undefined]>([
  [[], undefined],
  [["ok"], undefined],
  [["ok", "warning"], "warning"],
  [["warning", "overridden"], "overridden"],
  [["overridden", "warning", "failed"], "failed"],
])("of checks that are %j the worst is %s", (statuses, worst) => {
  expect(findWorstCheck(statuses.map(check))?.status).toBe(worst);
});

test("exports are sorted by their worst check, then by removals, then by how many change", () => {
  const plan = planOf([
    people("adds", { add: 9 }),
    people("removes", { remove: 1 }),
    people("changes more", { add: 8, update: 2 }),
    people("warns", {}, { checks: [check("warning")] }),
    people("fails", {}, { checks: [check("failed")] }),
    people("was let pass", {}, { checks: [check("overridden")] }),
    people("is broken", { remove: 5 }, { error }),
    people("was broken later", { remove: 7, add: 3 }, { error }),
  ]);
  expect(sortByDanger(plan).map(({ name }) => name)).toEqual([
    "is broken",
    "was broken later",
    "fails",
    "was let pass",
    "warns",
    "removes",
    "changes more",
    "adds",
  ]);
});

test("an export without changes or findings is left out", () => {
  const plan = planOf(
    [
      exportPlan({ name: "quiet" }),
      exportPlan({ name: "holds", checks: [check("ok")] }),
      exportPlan({ name: "detached", detached: "No connection." }),
      exportPlan({ name: "changed" }),
    ],
    { configChanges: [{ export: "changed", kind: "changed", diff: "" }] },
  );
  expect(sortByDanger(plan).map(({ name }) => name)).toEqual(["detached", "changed"]);
});
