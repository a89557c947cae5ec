import { describe, expect, it } from "vitest";
import { resultsOfKeptRecords } from "../../../src/apply/policy-refusal.js";
import { refusalOf, type RefusableExport } from "../../../src/apply/refusal.js";
import { scheduledResult } from "../../../src/apply/scheduled.js";
import type { Check, Plan } from "../../../src/model/plan/plan.js";
import type { ChangeCount } from "../../../src/reconcile/change-set/change-set.js";
import { exportPlan, planOf } from "../../golden/report/values.js";

const failed = (name: string, more: Partial<Check> = {}): Check => ({
  name,
  status: "failed",
  message: `${name} failed.`,
  ...more,
});
const passing = (exportName: string, name: string): Check =>
  failed(name, { hint: "Look.", override: `${exportName}:${name}` });

const withdrawal = (rows: number): ChangeCount => ({
  action: "remove",
  cause: "churn",
  withdrawn: true,
  group: "",
  rows,
  bytes: 0,
  found: 0,
  strangers: 0,
});

const sent = (name: string, more: Partial<RefusableExport> = {}): RefusableExport => ({
  wanted: { name },
  after: undefined,
  changeSet: { counts: [] },
  ...more,
});

const planned = (name: string, ...checks: Check[]) => exportPlan({ name, account: "brevo:1", checks });
const account = (...checks: Check[]): Plan["accounts"][number] => ({
  connection: "brevo",
  type: "brevo",
  id: "1",
  label: "",
  addresses: 1,
  limit: undefined,
  unfinishedRun: undefined,
  checks,
});
const policy = { name: "few", level: "mandatory", status: "violated", message: "Too many." } as const;
const alone = { exports: [] };

describe("an export", () => {
  it("is sent where no check of its plan fails", () => {
    const plan = planOf([
      planned("a", { ...failed("x"), status: "overridden" }, { ...failed("y"), status: "warning" }),
    ]);
    expect(refusalOf(sent("a"), alone, plan)).toBeUndefined();
  });

  it("is refused with every reason: its own, its account's, and that of policies", () => {
    const plan = planOf([planned("a", failed("access")), planned("b", failed("max-adds"))], {
      accounts: [account(failed("max-addresses"))],
      policies: [policy],
    });
    const refused = refusalOf(sent("a"), alone, plan);
    expect(refused).toMatchObject({ withdraws: false, export: sent("a") });
    expect(refused?.failure).toMatchObject({
      kind: "refused",
      message:
        'Export "a" is refused (access, max-addresses, policy:few): access failed. max-addresses failed. Too many.',
      hint: "",
    });
  });
});

describe("a person who withdrew", () => {
  const plan = (check: string) => planOf([planned("a", failed(check))]);

  it("is removed although the export is refused, and that is said first", () => {
    const refused = refusalOf(sent("a", { changeSet: { counts: [withdrawal(2)] } }), alone, plan("access"));
    expect(refused).toMatchObject({ withdraws: true });
    expect(refused?.failure.hint).toBe("Those who withdrew are removed all the same.");
  });

  it("stays when the check holds withdrawals up", () => {
    const one = sent("a", { changeSet: { counts: [withdrawal(2)] } });
    expect(refusalOf(one, alone, plan("data-privacy"))).toMatchObject({ withdraws: false });
  });
});

describe("the command that lets it pass", () => {
  const hintOf = (plan: Plan, one = sent("a")) => refusalOf(one, alone, plan)?.failure.hint;

  it("names every check, no wider than the run", () => {
    const checks = [passing("a", "max-adds"), passing("a", "max-removals")];
    expect(hintOf(planOf([planned("a", ...checks)]))).toBe(
      "Look. Look. If this is meant: `rollcall apply --override a:max-adds --override a:max-removals`.",
    );
    const narrowing = { targets: ["a", "b"], retryRejected: true, overrides: ["b:freshness"] } as const;
    expect(hintOf(planOf([planned("a", ...checks.slice(1))], { narrowing }))).toContain(
      "`rollcall apply --target a b --retry-rejected --override b:freshness --override a:max-removals`",
    );
  });

  it("is about this export alone where others are refused too", () => {
    const plan = planOf([planned("a", passing("a", "max-adds")), planned("b", failed("access"))]);
    expect(hintOf(plan)).toContain("`rollcall apply --target a --override a:max-adds`");
  });

  it("includes the export whose people leave an old list", () => {
    const plan = planOf([planned("a/1", passing("a/1", "max-removals")), planned("b", failed("access"))]);
    const going = sent("a/1", { after: "a" });
    const refused = refusalOf(going, { exports: [sent("a")] }, plan);
    expect(refused?.failure.hint).toContain("`rollcall apply --target a --override a/1:max-removals`");
  });

  it("is missing when one of the checks cannot be overridden", () => {
    expect(hintOf(planOf([planned("a", passing("a", "max-adds"), failed("access"))]))).toBe("Look.");
  });
});

describe("people who leave an old list", () => {
  const going = sent("a/1", { after: "a" });
  const message =
    'Export "a/1" is refused (old-list): Nobody leaves the old list before "a" is on its new one.';

  it("leave where their export is sent to its new one", () => {
    expect(
      refusalOf(going, { exports: [sent("a")] }, planOf([planned("a"), planned("a/1")])),
    ).toBeUndefined();
  });

  it("stay where their export is refused, or is not there", () => {
    const plan = planOf([planned("a", failed("access")), planned("a/1")]);
    expect(refusalOf(going, { exports: [sent("a")] }, plan)?.failure.message).toBe(message);
    expect(refusalOf(going, { exports: [sent("b")] }, planOf([planned("a/1")]))?.failure.message).toBe(
      message,
    );
  });
});

it("the results of records that a policy keeps say which policy, and why", () => {
  const transition = { dropped: [{ name: "a" }, { name: "b" }] };
  expect(resultsOfKeptRecords({ transition: { dropped: [] } }, [failed("policy:few")])).toEqual([]);
  expect(resultsOfKeptRecords({ transition }, [failed("policy:few"), failed("policy:day")])).toMatchObject([
    {
      name: "a",
      status: "refused",
      error: {
        kind: "refused",
        message: 'The record of "a" stays (policy:few, policy:day): policy:few failed. policy:day failed.',
      },
    },
    { name: "b", status: "refused" },
  ]);
});

describe("a run by schedule", () => {
  const scheduled = { due: new Map() };
  const stale = failed("freshness", { hint: "Look why." });
  const refused = {
    name: "a",
    status: "refused",
    added: 0,
    updated: 0,
    removed: 0,
    rejected: 0,
    unknown: 0,
    evidence: undefined,
    requests: 0,
    overrides: [],
    error: { kind: "refused", message: "m", hint: undefined },
  } as const;

  it("skips an export that only the age of its data keeps from being sent", () => {
    expect(scheduledResult(refused, planOf([planned("a", stale, stale)]), scheduled)).toEqual({
      ...refused,
      status: "skipped",
      error: { kind: "refused", message: "freshness failed. freshness failed.", hint: "Look why." },
    });
  });

  it.each<[string, Plan, typeof scheduled | undefined]>([
    ["nobody scheduled it", planOf([planned("a", stale)]), undefined],
    ["another check fails too", planOf([planned("a", stale, failed("access"))]), scheduled],
    [
      "its account fails one",
      planOf([planned("a", stale)], { accounts: [account(failed("max-addresses"))] }),
      scheduled,
    ],
    ["a policy refuses the plan", planOf([planned("a", stale)], { policies: [policy] }), scheduled],
    ["the plan does not have it", planOf([planned("b", stale)]), scheduled],
  ])("keeps the refusal where %s", (_, plan, by) => {
    expect(scheduledResult(refused, plan, by)).toBe(refused);
  });

  it("keeps any other result", () => {
    const done = { ...refused, status: "succeeded" } as const;
    expect(scheduledResult(done, planOf([planned("a", stale)]), scheduled)).toBe(done);
  });
});
