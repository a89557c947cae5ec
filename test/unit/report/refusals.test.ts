import { expect, test } from "vitest";
import type { Check, ExportPlan, Plan } from "../../../src/model/plan.js";
import { applyLabel, refusals, withdrawingSentence } from "../../../src/report/refusals.js";
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

test("who withdrew is removed from refused exports, but not where a failed check holds that up", () => {
  expect(refusals(planOf([refused, held, good])).withdrawing).toEqual([{ name: "refused", people: 2 }]);
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
  expect(refusals(plan).withdrawing).toEqual([{ name: "good", people: 2 }]);
});

test("a policy that refuses the plan leaves the withdrawals of every export", () => {
  const policy = { name: "few", level: "mandatory", status: "violated", message: "" } as const;
  expect(
    refusals(planOf([refused, held, good], { policies: [policy] })).withdrawing.map(({ name }) => name),
  ).toEqual(["refused", "good"]);
});

test("an export that cannot be planned removes nobody", () => {
  const broken = { ...refused, error: { kind: "invalid", message: "", hint: undefined } };
  expect(refusals(planOf([broken])).withdrawing).toEqual([]);
});

test.each([
  [1, "2 people who withdrew (no consent, or suppressed) are removed all the same from e0."],
  [2, "4 people who withdrew (no consent, or suppressed) are removed all the same: 2 from e0, 2 from e1."],
  [6, "12 people who withdrew (no consent, or suppressed) are removed all the same from 6 exports."],
])("of %i exports it says how many", (exports, sentence) => {
  const all = Array.from({ length: exports }, (_, index) => leaving(`e${index}`, [failed("max-removals")]));
  expect(withdrawingSentence(refusals(planOf(all)))).toBe(sentence);
});

test("of a plan that was saved before they were counted it says nothing", () => {
  const { withdrawn: _, ...counts } = refused.counts;
  expect(withdrawingSentence(refusals(planOf([{ ...refused, counts }])))).toBeUndefined();
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
])("where %s, the command is introduced as what it does", (_, plan, approved, label) => {
  expect(applyLabel(plan, approved)).toBe(label);
});
