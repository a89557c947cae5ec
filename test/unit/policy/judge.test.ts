import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Approval } from "../../../src/model/config/approval.js";
import type { ExportPlan, Plan } from "../../../src/model/plan/plan.js";
import type { Policy, PolicyResult } from "../../../src/model/config/policy.js";
import type { PolicyFacts } from "../../../src/policy/policy-input.js";
import { checkCondition } from "../../../src/policy/expression.js";
import { policyInput } from "../../../src/policy/policy-input.js";
import { judgePolicies } from "../../../src/policy/judge.js";
import { isRefusing } from "../../../src/plan/policies.js";
import { exportPlan, planOf } from "./plans.js";

function policy(deny: string, more: Partial<Policy> = {}): Policy {
  return { name: "rule", level: "mandatory", deny, message: "No.", approvals: undefined, ...more };
}

function facts(plan: Plan, more: Partial<PolicyFacts> = {}): PolicyFacts {
  const actor = { identity: "github:anna", roles: ["admins"] as const };
  return { plan, environment: "production", actor, now: new Date("2026-11-20T12:00:00Z"), ...more };
}

function verdict(
  deny: string,
  exports: readonly ExportPlan[] = [exportPlan()],
  more: Partial<Plan> = {},
): string {
  const [result] = judgePolicies(facts(planOf(exports, more)), [policy(deny)], []);
  return result?.error === undefined ? (result?.status ?? "") : `${result.status}: ${result.error}`;
}

describe("conditions", () => {
  const leaving = [exportPlan(), exportPlan({ name: "daily", mode: "upsert", counts: { remove: 101, heldBack: { invalid: 2, suppressed: 3 } } })]; // prettier-ignore
  test.each([
    ["plan.exports.exists(e, e.removes > 100)", "violated"],
    ["plan.exports.exists(e, e.removes > 101)", "ok"],
    ["plan.removes == 101 && plan.heldBack == 5 && plan.exports[1].heldBack == 5", "violated"],
    [`plan.exports.filter(e, e.mode == "upsert").map(e, e.removes).sum() > 100`, "violated"],
    [`plan.exports[1].counts.heldBack["invalid"] == 2`, "violated"],
    [`"opted out" in plan.exports[1].counts.heldBack`, "ok"],
    [`plan.exports.exists(e, has(e.counts.strangers) && e.counts.strangers > 0)`, "ok"],
    [`plan.exports.all(e, e.displayName == "")`, "violated"],
    [`environment == "production" && !("admins" in actor.roles)`, "ok"],
    [`actor.identity.startsWith("github:")`, "violated"],
    [`now.getHours("Europe/Berlin") == 13`, "violated"],
    [`now - plan.createdAt > duration("1h")`, "ok"],
    ["plan.exports[0].cost.minutes > 0.4", "violated"],
  ])("%s", (deny, status) => expect(verdict(deny, leaving)).toBe(status));

  test("see what is new, what was overridden and what could not be planned", () => {
    const overridden = { name: "max-adds", status: "overridden" as const, message: "many" };
    const item = exportPlan({
      checks: [overridden, { name: "protected", status: "warning", message: "" }],
      error: { kind: "auth", message: "canary@example.com", hint: undefined },
    });
    const old = planOf([item]);
    const fresh: Partial<Plan> = {
      configChanges: [{ export: "weekly", kind: "new", diff: "canary@example.com" }],
      accounts: old.accounts.map((account) => ({ ...account, isNew: true })),
    };
    expect(verdict("plan.exports[0].isNew || plan.exports[0].connectionIsNew", [item])).toBe("ok");
    expect(verdict("plan.exports[0].isNew && plan.exports[0].connectionIsNew", [item], fresh)).toBe(
      "violated",
    );
    expect(verdict(`plan.exports[0].overridden == ["max-adds"]`, [item])).toBe("violated");
    expect(verdict("plan.exports[0].planned", [item])).toBe("ok");
    expect(verdict(`plan.configChanges[0].kind == "new"`, [item], fresh)).toBe("violated");
  });

  test("see no address, whatever the plan holds", () => {
    const input = policyInput(facts(planOf([exportPlan()], { configChanges: [{ export: "weekly", kind: "changed", diff: "canary@example.com", detail: "canary@example.com" }] }))); // prettier-ignore
    const text = JSON.stringify(input, (_, value: unknown) =>
      typeof value === "bigint" ? Number(value) : value instanceof Map ? [...value] : value,
    );
    expect(text).toContain("weekly");
    expect(text).not.toContain("canary");
  });
});

describe("a condition that cannot be evaluated counts as violated and says why", () => {
  test.each([
    ["plan.adds / 0 > 1", /^error: division by zero$/],
    [`plan.exports[0].counts.heldBack["invalid"] > 1`, /^error: No such key: invalid/],
    ["plan.exports.all(e, e.counts.strangers < 3)", /^error: No such key: strangers/],
    ["plan.exports[7].adds > 1", /^error: .*index 7/],
    ["9223372036854775807 + plan.exports[0].counts.unchanged > 0", /^error: integer overflow/],
    ["dyn(plan.adds)", /^error: it does not yield true or false$/],
    ["nobody == 1", /^error: Unknown variable: nobody/],
    ["plan.", /^error: Expected IDENTIFIER/],
  ])("%s", (deny, message) => {
    expect(verdict(deny)).toMatch(message);
  });

  test("and no approval lets it pass", () => {
    const needy = policy("plan.adds / 0 > 1", { approvals: { from: "leads", count: 1 } });
    const given = [{ id: "1", signer: "anna@example.com", groups: ["leads"], approvedAt: "" }];
    const [result] = judgePolicies(facts(planOf([])), [needy], given);
    expect(result).toMatchObject({ status: "error" });
    expect(result !== undefined && isRefusing(result)).toBe(true);
  });
});

describe("hostile conditions end", () => {
  const many = Array.from({ length: 500 }, (_, index) => exportPlan({ name: `e${index}` }));
  const doubling = `[[1, 2]]${".map(x, x + x)".repeat(40)}[0].size() > 1`;
  test.each([
    ["a regular expression that backtracks", `"${"a".repeat(50)}!".matches("(a+)+$")`, /longer than 1000 ms/],
    ["comprehensions in comprehensions", "plan.exports.all(a, plan.exports.all(b, plan.exports.all(c, a.adds + b.adds + c.adds < 1)))", /longer than 1000 ms/], // prettier-ignore
    ["a list that doubles", doubling, /longer than 1000 ms/],
    ["deep nesting", `${"(".repeat(20_000)}true${")".repeat(20_000)}`, /Exceeded maxDepth/],
    ["sheer size", Array(2000).fill("1").join("+") + " > 1", /Exceeded maxAstNodes/],
    ["a long list", `${JSON.stringify(Array(1000).fill(1))}.size() > 1`, /Exceeded maxListElements/],
  ])(
    "%s",
    (_, deny, message) => {
      expect(verdict(deny, many)).toMatch(message);
    },
    30_000,
  );
});

describe("approvals", () => {
  const needy = policy("true", { approvals: { from: "leads", count: 2 } });
  const by = (signer: string, ...groups: string[]): Approval => ({
    signer,
    groups,
    id: "1",
    approvedAt: "2026-11-20T11:00:00Z",
  });
  const result = (...approvals: Approval[]): PolicyResult | undefined =>
    judgePolicies(facts(planOf([])), [needy], approvals)[0];

  test("of enough different people of the group let a mandatory policy pass", () => {
    expect(result()).toMatchObject({ status: "violated", needs: { group: "leads", count: 2, have: 0 } });
    expect(result(by("anna", "leads"), by("anna", "leads"))).toMatchObject({
      status: "violated",
      needs: { have: 1 },
    });
    expect(result(by("anna", "leads"), by("ben", "staff"))).toMatchObject({
      status: "violated",
      needs: { have: 1 },
    });
    expect(result(by("anna", "leads"), by("ben", "staff", "leads"))).toMatchObject({ status: "approved" });
  });

  test("mean nothing to a policy that takes none", () => {
    const [one] = judgePolicies(facts(planOf([])), [policy("true")], [by("anna", "leads")]);
    expect(one).toEqual({ name: "rule", level: "mandatory", status: "violated", message: "No." });
  });

  test("every policy is judged, in order, and only mandatory ones refuse", () => {
    const results = judgePolicies(
      facts(planOf([])),
      [policy("true", { name: "a", level: "advisory" }), policy("plan.", { name: "b", level: "advisory" }), policy("true", { name: "c" }), policy("false", { name: "d" })], // prettier-ignore
      [],
    );
    expect(results.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "a violated",
      "b error",
      "c violated",
      "d ok",
    ]);
    expect(results.filter(isRefusing).map(({ name }) => name)).toEqual(["c"]);
  });
});

test("every policy of the documentation is sound", () => {
  const text = readFileSync(new URL("../../../docs/policies.md", import.meta.url), "utf8");
  const blocks = [...text.matchAll(/```yaml\n(policies:[^`]*)```/g)].map(
    ([, yaml = ""]) => parse(yaml) as Documented,
  );
  const conditions = blocks.flatMap(({ policies }) => Object.values(policies)).map(({ deny }) => deny);
  expect(conditions.length).toBeGreaterThan(4);
  for (const deny of conditions) {
    expect(checkCondition(deny)).toBeUndefined();
    expect(verdict(deny)).toMatch(/^(ok|violated)$/);
  }
});

interface Documented {
  readonly policies: Readonly<Record<string, { readonly deny: string }>>;
}
