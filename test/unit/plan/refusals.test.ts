import { expect, test } from "vitest";
import type { Check, ExportPlan, Plan } from "../../../src/model/plan/plan.js";
import {
  appliedOf,
  failedChecks,
  isUnsafe,
  overriddenNames,
  overridesFor,
  refusalsOf,
} from "../../../src/plan/refusals.js";
import { applyLabel, withdrawingSentence } from "../../../src/report/plan/refused.js";
import { exportPlan, planOf } from "../../golden/report/values.js";

const failed = (name: string): Check => ({ name, status: "failed", message: "" });

/** Takes off five, of whom two withdrew. */
function leaving(name: string, checks: readonly Check[]): ExportPlan {
  return exportPlan({
    name,
    account: `brevo:${name}`,
    counts: { ...exportPlan().counts, remove: 5, withdrawn: 2 },
    checks,
  });
}

const refused = leaving("refused", [failed("max-removals")]);
const held = leaving("held", [failed("max-removals"), failed("max-withdrawals")]);
const good = leaving("good", []);

test("a person who withdrew is removed from a refused export, unless a failed check holds that up", () => {
  expect(refusalsOf(planOf([refused, held, good])).withdrawing).toEqual([{ name: "refused", people: 2 }]);
});

test("an account's check refuses all of its exports", () => {
  const account = {
    connection: "c",
    type: "brevo",
    id: "good",
    label: "",
    addresses: 1,
    limit: 1,
    unfinishedRun: undefined,
  } as const;
  const plan = planOf([good, held], { accounts: [{ ...account, checks: [failed("max-addresses")] }] });
  expect(refusalsOf(plan).withdrawing).toEqual([{ name: "good", people: 2 }]);
});

test("a policy that refuses the plan leaves the withdrawals of every export", () => {
  const policy = { name: "few", level: "mandatory", status: "violated", message: "" } as const;
  expect(
    refusalsOf(planOf([refused, held, good], { policies: [policy] })).withdrawing.map(({ name }) => name),
  ).toEqual(["refused", "good"]);
});

test("an export that cannot be planned removes nobody", () => {
  const broken = { ...refused, error: { kind: "invalid", message: "", hint: undefined } };
  expect(refusalsOf(planOf([broken])).withdrawing).toEqual([]);
});

test.each([
  [1, "2 people who withdrew (no consent, or suppressed) are removed all the same from e0."],
  [2, "4 people who withdrew (no consent, or suppressed) are removed all the same: 2 from e0, 2 from e1."],
  [6, "12 people who withdrew (no consent, or suppressed) are removed all the same from 6 exports."],
])("the sentence about %i exports gives their number", (exports, sentence) => {
  const all = Array.from({ length: exports }, (_, index) => leaving(`e${index}`, [failed("max-removals")]));
  expect(withdrawingSentence(refusalsOf(planOf(all)))).toBe(sentence);
});

test("the sentence is missing for a plan that was saved before withdrawals were counted", () => {
  const { withdrawn: _, ...counts } = refused.counts;
  expect(withdrawingSentence(refusalsOf(planOf([{ ...refused, counts }])))).toBeUndefined();
});

const APPLY = "To apply this plan:";
const WITHDRAW = "To remove those who withdrew, and to do nothing else:";
const staying = exportPlan({
  name: "staying",
  checks: [failed("max-adds")],
  counts: { ...exportPlan().counts, add: 3 },
});
const policy = { name: "few", level: "mandatory", status: "violated", message: "" } as const;

test.each<[string, Plan, boolean, string | undefined]>([
  ["nothing is refused", planOf([good]), false, APPLY],
  ["some of it is refused", planOf([good, refused]), false, "To apply what of this plan is not refused:"],
  ["all is refused, and people withdrew", planOf([refused, exportPlan()]), false, WITHDRAW],
  ["all is refused", planOf([staying, held]), false, undefined],
  ["a policy refuses it", planOf([good], { policies: [policy] }), false, WITHDRAW],
  [
    "a policy refuses it, and nobody withdrew",
    planOf([exportPlan()], { policies: [policy] }),
    false,
    undefined,
  ],
  [
    "a policy waits for an approval that is printed before",
    planOf([good], { policies: [policy] }),
    true,
    APPLY,
  ],
  ["a check refuses it even with the approval", planOf([staying], { policies: [policy] }), true, undefined],
])("the command is introduced by what it does when %s", (_, plan, approved, label) => {
  expect(applyLabel(plan, approved)).toBe(label);
});

const ACCOUNT = {
  connection: "c",
  type: "brevo",
  id: "good",
  label: "",
  addresses: 1,
  limit: 1,
  unfinishedRun: undefined,
  checks: [],
} as const;

test("an export fails its own checks, those of its account, and those of policies", () => {
  const accounts = [
    { ...ACCOUNT, checks: [failed("max-addresses"), { ...failed("x"), status: "warning" } as const] },
  ];
  const plan = planOf([good, held], { accounts, policies: [policy] });
  expect(failedChecks(plan, "good").map(({ name }) => name)).toEqual(["max-addresses", "policy:few"]);
  expect(failedChecks(plan, "held").map(({ name }) => name)).toEqual([
    "max-removals",
    "max-withdrawals",
    "policy:few",
  ]);
  expect(failedChecks(plan, "not of the plan")).toEqual([]);
});

test.each<[string, Plan, boolean]>([
  ["nothing fails", planOf([good], { accounts: [ACCOUNT] }), false],
  ["a check was let pass", planOf([leaving("a", [{ ...failed("max-adds"), status: "overridden" }])]), false],
  ["a check failed", planOf([good, refused]), true],
  [
    "its account fails one",
    planOf([good], { accounts: [{ ...ACCOUNT, checks: [failed("max-addresses")] }] }),
    true,
  ],
  ["a policy refuses it", planOf([good], { policies: [policy] }), true],
  ["a policy only warns", planOf([good], { policies: [{ ...policy, level: "advisory" }] }), false],
  ["an export waits for its connection to be merged", planOf([{ ...good, awaitsTrust: true }]), true],
])("a plan of which %s is unsafe: %#", (_, plan, expected) => expect(isUnsafe(plan)).toBe(expected));

const passing = (name: string): Check => ({ ...failed(name), override: `weekly:${name}` });

test("failed checks have an override, unless one of them cannot be overridden", () => {
  expect(overridesFor([])).toBeUndefined();
  expect(overridesFor([passing("max-adds"), passing("max-removals")])).toEqual([
    "weekly:max-adds",
    "weekly:max-removals",
  ]);
  expect(overridesFor([passing("max-adds"), failed("access")])).toBeUndefined();
});

test("a plan has the overrides of all of its exports, unless an account fails", () => {
  const plan = planOf([leaving("good", [passing("max-adds")]), leaving("b", [passing("max-removals")])]);
  expect(refusalsOf(plan).overrides).toEqual(["weekly:max-adds", "weekly:max-removals"]);
  const accounts = [{ ...ACCOUNT, checks: [failed("max-addresses")] }];
  expect(refusalsOf({ ...plan, accounts }).overrides).toBeUndefined();
});

test("overridden checks are named", () => {
  const checks = [failed("a"), { ...failed("b"), status: "overridden" } as const];
  expect(overriddenNames({ checks })).toEqual(["b"]);
});

test("the records of other exports are changed when some exports are refused", () => {
  const moved = (name: string) => [{ export: name, kind: "moved", diff: "" } as const];
  expect(appliedOf(planOf([staying], { configChanges: moved("other") }), false)).toBe("rest");
  expect(appliedOf(planOf([staying], { configChanges: moved("staying") }), false)).toBe("nothing");
});
