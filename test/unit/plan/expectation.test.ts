import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/model/failure.js";
import type { Plan } from "../../../src/model/plan/plan.js";
import { controlDigest } from "../../../src/plan/control-digest.js";
import { expectationOf, mustMatchExpectation } from "../../../src/plan/expectation.js";
import { exportPlan, planOf } from "../../golden/report/values.js";

const CONTROL = "c".repeat(64);
const TOLERANCE = { count: 10, share: 0.1 };

function planned(add: number, remove = 0, control = CONTROL): Plan {
  const one = exportPlan({ name: "weekly" });
  return planOf([{ ...one, counts: { ...one.counts, add, update: 0, remove } }], { digest: { control } });
}

function kindOf(work: () => void): string {
  try {
    work();
    return "accepted";
  } catch (error) {
    if (error instanceof Failure) return error.kind;
    throw error;
  }
}

describe("an approved digest", () => {
  const token = expectationOf(planned(200), CONTROL, TOLERANCE);

  test("allows counts to change within the tolerance, which is the larger of number and share", () => {
    expect(kindOf(() => mustMatchExpectation(token, planned(220), TOLERANCE))).toBe("accepted");
    expect(kindOf(() => mustMatchExpectation(token, planned(0), TOLERANCE))).toBe("accepted");
    expect(kindOf(() => mustMatchExpectation(token, planned(200, 10), TOLERANCE))).toBe("accepted");
  });

  test("makes a plan stale that changed more, and names the export", () => {
    expect(() => mustMatchExpectation(token, planned(221), TOLERANCE)).toThrow(
      "weekly: 221 to add, at most 220 were approved",
    );
    expect(() => mustMatchExpectation(token, planned(200, 11), TOLERANCE)).toThrow(
      "weekly: 11 to remove, at most 10 were approved",
    );
  });

  test("makes a plan with another control digest stale, whatever the counts", () => {
    expect(kindOf(() => mustMatchExpectation(token, planned(1, 0, "d".repeat(64)), TOLERANCE))).toBe("stale");
  });

  test("is held to the config when its text allows more", () => {
    const generous = expectationOf(planned(200), CONTROL, { count: 1_000_000, share: 9 });
    expect(kindOf(() => mustMatchExpectation(generous, planned(220), TOLERANCE))).toBe("accepted");
    expect(kindOf(() => mustMatchExpectation(generous, planned(221), TOLERANCE))).toBe("stale");
    const strict = expectationOf(planned(200), CONTROL, { count: 0, share: 0 });
    expect(kindOf(() => mustMatchExpectation(strict, planned(201), TOLERANCE))).toBe("stale");
  });

  test.each([
    "",
    "deadbeef",
    CONTROL,
    `rc1.${CONTROL}`,
    `rc2.${CONTROL}.W10`,
    `rc1.${CONTROL}.W10`,
    `rc1.${CONTROL}.${Buffer.from("[[1e999,0],[]]").toString("base64url")}`,
    `rc1.${CONTROL}.${Buffer.from('[[1,1],[["weekly",-1,0,0]]]').toString("base64url")}`,
    `rc1.${CONTROL.toUpperCase()}.W10`,
  ])("is refused when its text cannot be compared: %s", (text) => {
    expect(kindOf(() => mustMatchExpectation(text, planned(0), TOLERANCE))).toBe("invalid");
  });
});

describe("the control digest", () => {
  const digest = (plan: Plan, applied: [string, string][] = [], lineage = "one"): string =>
    controlDigest(plan, { lineage, applied: new Map(applied) });
  const base = planned(1);

  test("is the same whoever joins and leaves", () => {
    expect(digest(planned(99, 5))).toBe(digest(base));
  });

  test("changes with each part of the control plane", () => {
    const [one] = base.exports;
    if (one === undefined) throw new Error("no export");
    const failed = { name: "max-removals", status: "failed" as const, message: "too many" };
    const others = [
      digest({ ...base, configDigest: "1".repeat(64) }),
      digest(base, [], "other"),
      digest({ ...base, exports: [{ ...one, account: "brevo:other" }] }),
      digest({ ...base, exports: [{ ...one, list: { ...one.list, id: "99" } }] }),
      digest({ ...base, exports: [{ ...one, fieldsToCreate: ["CITY"] }] }),
      digest({ ...base, exports: [{ ...one, checks: [failed] }] }),
      digest({ ...base, exports: [{ ...one, checks: [{ ...failed, status: "overridden" }] }] }),
      digest({ ...base, configChanges: [{ export: "weekly", kind: "new", diff: "" }] }),
      digest(base, [["weekly", "applied"]]),
    ];
    expect(new Set([digest(base), ...others]).size).toBe(others.length + 1);
  });
});
