import { expect, test } from "vitest";
import type { Check } from "../../../src/model/plan/plan.js";
import { totalsOf } from "../../../src/plan/totals.js";
import { exportPlan, planOf } from "../../golden/report/values.js";

const failed: Check = { name: "max-adds", status: "failed", message: "" };
const NOTHING = {
  add: 0,
  update: 0,
  remove: 0,
  unchanged: 0,
  heldBack: 0,
  failedChecks: 0,
  errors: 0,
  creates: 0,
  records: 0,
};

test("the totals of an empty plan are zero", () => expect(totalsOf(planOf([]))).toEqual(NOTHING));

test("all exports are added up, with the checks of accounts and what apply creates", () => {
  const counts = {
    ...exportPlan().counts,
    add: 1,
    update: 2,
    remove: 3,
    unchanged: 4,
    heldBack: { invalid: 5 },
  };
  const one = exportPlan({
    counts,
    fieldsToCreate: ["A", "B"],
    checks: [failed, { ...failed, status: "warning" }],
  });
  const other = exportPlan({ counts, list: { id: undefined, name: "x", create: true } });
  const account = {
    connection: "c",
    type: "brevo",
    id: "1",
    label: "",
    addresses: 1,
    limit: 1,
    unfinishedRun: undefined,
    checks: [failed],
  } as const;
  const configChanges = [
    { export: "a", kind: "moved", diff: "" },
    { export: "b", kind: "changed", diff: "" },
  ] as const;
  expect(totalsOf(planOf([one, other], { accounts: [account], configChanges }))).toEqual({
    add: 2,
    update: 4,
    remove: 6,
    unchanged: 8,
    heldBack: 10,
    failedChecks: 2,
    errors: 0,
    creates: 3,
    records: 1,
  });
});

test("an export that could not be planned counts by its error and its failed checks alone", () => {
  const broken = exportPlan({
    counts: { ...exportPlan().counts, add: 9 },
    checks: [failed],
    error: { kind: "invalid", message: "", hint: undefined },
  });
  expect(totalsOf(planOf([broken]))).toEqual({ ...NOTHING, failedChecks: 1, errors: 1 });
});
