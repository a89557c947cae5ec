import { expect, test } from "vitest";
import type { Check } from "../../../src/model/plan/plan.js";
import { withPlannedOverride, renewChecks } from "../../../src/plan/renewed-checks.js";

const check = (name: string, status: Check["status"], message = ""): Check => ({ name, status, message });

test("a saved plan keeps the checks of its rows, and renews those of the present", () => {
  const planned = [
    check("data-privacy", "failed"),
    check("max-adds", "overridden"),
    check("text-order", "warning"),
    check("of an older version", "failed"),
  ];
  expect(renewChecks([check("access", "failed")], planned)).toEqual([
    check("access", "failed"),
    ...planned.slice(1),
  ]);
});

test("no check is shown twice, whatever is found now", () => {
  const both = [check("data-privacy", "failed"), check("max-adds", "failed"), check("text-order", "warning")];
  expect(renewChecks(both, both)).toEqual(both);
});

test("a check that was overridden when planned stays so, as long as it says the same", () => {
  const planned = [check("opt-outs-ended", "overridden", "9 of 10")];
  expect(withPlannedOverride(check("opt-outs-ended", "failed", "9 of 10"), planned).status).toBe(
    "overridden",
  );
  expect(withPlannedOverride(check("opt-outs-ended", "failed", "8 of 10"), planned).status).toBe("failed");
  expect(withPlannedOverride(check("opt-outs-ended", "failed", "9 of 10"), []).status).toBe("failed");
  expect(withPlannedOverride(check("opt-outs-ended", "warning", "9 of 10"), planned).status).toBe("warning");
  expect(renewChecks([check("opt-outs-ended", "failed", "9 of 10")], planned)).toEqual(planned);
});
