import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Export, Safeguards } from "../../../src/model/config/export.ts";
import type { Counts } from "../../../src/model/plan/plan.ts";
import { checkSafeguards, type SafeguardFacts } from "../../../src/plan/safeguards.ts";

const none = { count: undefined, share: undefined };

function counts(more: Partial<Counts> = {}): Counts {
  return { desired: 0, add: 0, update: 0, remove: 0, unchanged: 0, left: 0, found: 0, strangers: undefined, adopted: 0, strangerRemovals: 0, drifted: undefined, heldBack: {}, ...more }; // prettier-ignore
}

/** Names of the failed checks. */
function failed(safeguards: Partial<Safeguards>, facts: Partial<SafeguardFacts>): string[] {
  const wanted = {
    safeguards: {
      maxProfiles: undefined,
      maxRemovals: none,
      maxWithdrawals: none,
      maxAdds: none,
      maxStrangerRemovals: none,
      minSourceRows: undefined,
      allowEmpty: false,
      ...safeguards,
    },
  } as Export;
  const checks = checkSafeguards(wanted, {
    counts: counts(),
    withdrawn: 0,
    recorded: 100,
    sourceRows: 100,
    emptySegments: [],
    defaultMaxProfiles: undefined,
    ...facts,
  });
  expect(checks.every(({ status, hint }) => status === "failed" && hint !== undefined)).toBe(true);
  return checks.map(({ name }) => name);
}

describe("safeguards", () => {
  test.each<[string, Partial<Safeguards>, Partial<SafeguardFacts>, string[]]>([
    ["no limit", {}, { counts: counts({ add: 9e6, remove: 9e6 }) }, []],
    ["count kept", { maxRemovals: { count: 5, share: undefined } }, { counts: counts({ remove: 5 }) }, []],
    [
      "count passed",
      { maxRemovals: { count: 5, share: undefined } },
      { counts: counts({ remove: 6 }) },
      ["max-removals"],
    ],
    [
      "count zero",
      { maxRemovals: { count: 0, share: undefined } },
      { counts: counts({ remove: 1 }) },
      ["max-removals"],
    ],
    ["share kept", { maxRemovals: { count: undefined, share: 0.3 } }, { counts: counts({ remove: 30 }) }, []],
    [
      "share passed",
      { maxRemovals: { count: undefined, share: 0.3 } },
      { counts: counts({ remove: 31 }) },
      ["max-removals"],
    ],
    [
      "share is rounded down",
      { maxRemovals: { count: undefined, share: 0.3 } },
      { counts: counts({ remove: 4 }), recorded: 13 },
      ["max-removals"],
    ],
    [
      "count is the stricter",
      { maxRemovals: { count: 5, share: 0.3 } },
      { counts: counts({ remove: 6 }) },
      ["max-removals"],
    ],
    [
      "share is the stricter",
      { maxRemovals: { count: 50, share: 0.3 } },
      { counts: counts({ remove: 31 }) },
      ["max-removals"],
    ],
    [
      "share below the floor",
      { maxRemovals: { count: undefined, share: 0.3 } },
      { counts: counts({ remove: 9 }), recorded: 9 },
      [],
    ],
    [
      "share that is the whole, of more than are delivered",
      { maxRemovals: { count: undefined, share: 1 } },
      { counts: counts({ remove: 23 }), recorded: 12 },
      [],
    ],
    [
      "count beside such a share",
      { maxRemovals: { count: 20, share: 1 } },
      { counts: counts({ remove: 23 }), recorded: 12 },
      ["max-removals"],
    ],
    [
      "share at the floor",
      { maxRemovals: { count: undefined, share: 0.3 } },
      { counts: counts({ remove: 4 }), recorded: 10 },
      ["max-removals"],
    ],
    [
      "count below the floor",
      { maxRemovals: { count: 3, share: 0.3 } },
      { counts: counts({ remove: 4 }), recorded: 9 },
      ["max-removals"],
    ],
    [
      "share of nothing at the first run",
      { maxAdds: { count: undefined, share: 0.1 } },
      { counts: counts({ add: 500 }), recorded: 0 },
      [],
    ],
    ["adds", { maxAdds: { count: 10, share: undefined } }, { counts: counts({ add: 11 }) }, ["max-adds"]],
    [
      "adds are not removals",
      { maxAdds: { count: 10, share: undefined } },
      { counts: counts({ remove: 11 }) },
      [],
    ],
    [
      "profiles kept",
      { maxProfiles: 10 },
      { counts: counts({ add: 3, update: 3, unchanged: 4, remove: 90, left: 90 }) },
      [],
    ],
    [
      "profiles passed",
      { maxProfiles: 10 },
      { counts: counts({ add: 3, update: 3, unchanged: 5 }) },
      ["max-profiles"],
    ],
    ["profiles by default", {}, { counts: counts({ add: 11 }), defaultMaxProfiles: 10 }, ["max-profiles"]],
    [
      "profiles, own before default",
      { maxProfiles: 20 },
      { counts: counts({ add: 11 }), defaultMaxProfiles: 10 },
      [],
    ],
    [
      "withdrawals",
      { maxWithdrawals: { count: 1, share: undefined } },
      { withdrawn: 2 },
      ["max-withdrawals"],
    ],
    [
      "members of others, nobody by default",
      {},
      { counts: counts({ remove: 1, strangerRemovals: 1 }) },
      ["max-stranger-removals"],
    ],
    [
      "members of others, and our own, each by their own limit",
      { maxRemovals: { count: 2, share: undefined }, maxStrangerRemovals: { count: 3, share: undefined } },
      { counts: counts({ remove: 5, strangerRemovals: 3 }) },
      [],
    ],
    ["source rows kept", { minSourceRows: 100 }, {}, []],
    ["source rows missed", { minSourceRows: 101 }, {}, ["min-source-rows"]],
    ["empty segments", {}, { emptySegments: ["a", "b"] }, ["empty-segment", "empty-segment"]],
    ["empty segments allowed", { allowEmpty: true }, { emptySegments: ["a"] }, []],
    [
      "several at once",
      { minSourceRows: 101, maxAdds: { count: 0, share: undefined } },
      { counts: counts({ add: 1 }), emptySegments: ["a"] },
      ["max-adds", "min-source-rows", "empty-segment"],
    ],
  ])("%s", (_what, safeguards, facts, names) => expect(failed(safeguards, facts)).toEqual(names));

  test("a whole percentage of whole people is exact", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 1, max: 10_000 }),
        (percent, hundreds) => {
          const recorded = hundreds * 100;
          const allowed = percent * hundreds;
          const limit = { maxRemovals: { count: undefined, share: percent / 100 } };
          expect(failed(limit, { recorded, counts: counts({ remove: allowed }) })).toEqual([]);
          expect(failed(limit, { recorded, counts: counts({ remove: allowed + 1 }) })).toEqual([
            "max-removals",
          ]);
        },
      ),
      { examples: [[29, 1]], numRuns: 2000 },
    );
  });
});
