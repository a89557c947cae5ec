import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Connection } from "../../../src/model/connection.ts";
import type { Export, Safeguards } from "../../../src/model/export.ts";
import type { Counts } from "../../../src/model/plan.ts";
import { accountLimit, checkAccount, defaultMaxProfiles } from "../../../src/plan/checks/account-limit.ts";
import { checkConsent } from "../../../src/plan/checks/consent.ts";
import { forecastCost } from "../../../src/plan/cost.ts";
import { checkSafeguards, type SafeguardFacts } from "../../../src/plan/checks/safeguards.ts";
import type { Codec, Route, Work } from "../../../src/plugin/codec.ts";
import type { Capabilities } from "../../../src/plugin/destination.ts";

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
        fc.integer({ min: 0, max: 100 }),
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

describe("an account", () => {
  const connection = (contacts?: number) =>
    ({ name: "news", contract: contacts === undefined ? undefined : { contacts } }) as Connection;
  const capabilities = { maxAddressesPerAccount: 100, maxProfilesPerExport: 50 } as Capabilities;

  test("is limited by its contract, or by default", () => {
    expect([accountLimit(undefined, capabilities), defaultMaxProfiles(connection(), capabilities)]).toEqual([
      100, 50,
    ]);
    expect([accountLimit(7, capabilities), defaultMaxProfiles(connection(7), capabilities)]).toEqual([7, 7]);
  });

  const check = (facts: Partial<Parameters<typeof checkAccount>[0]>) =>
    checkAccount({ addresses: 100, added: 0, limit: 100, contract: true, stored: undefined, ...facts }).map(
      ({ name, status }) => `${name} ${status}`,
    );
  test.each<[Partial<Parameters<typeof checkAccount>[0]>, string[]]>([
    [{}, []],
    [{ addresses: 101 }, ["max-addresses failed"]],
    [{ addresses: 1e9, limit: undefined }, []],
    [{ addresses: 50, added: 20, stored: 80 }, []],
    [{ addresses: 50, added: 21, stored: 80 }, ["contract-headroom warning"]],
    [{ addresses: 50, added: 21, stored: 80, contract: false }, []],
    [{ addresses: 101, added: 21, stored: 80 }, ["max-addresses failed"]],
  ])("%j", (facts, names) => expect(check(facts)).toEqual(names));
});

test.each<[Connection["dataPrivacy"], number]>([
  [undefined, 1],
  [{ agreed: false, by: "A", on: "2026-01-01", text: "t" }, 1],
  [{ agreed: true, by: "A", on: "2026-01-01", text: "t" }, 0],
])("nothing is sent without an agreement: %j", (dataPrivacy, checks) =>
  expect(checkConsent({ name: "news", dataPrivacy } as Connection)).toHaveLength(checks),
);

describe("the cost", () => {
  const works: Work[][] = [];
  const codec = {
    route: (_operation, rows) => ({ maxRows: rows > 100 ? 1000 : 10, maxBytes: 1000 }) as Route,
    forecast: (work) => {
      works.push([...work]);
      return { requests: work.reduce((sum, { batches }) => sum + batches, 0), minutes: work.length };
    },
  } as Codec;

  test("counts batches by rows and by bytes, on the route that all rows of the operation take", () => {
    expect(
      forecastCost(codec, [
        { operation: "add", group: "", rows: 60, bytes: 100 },
        { operation: "add", group: "n", rows: 60, bytes: 5000 },
        { operation: "update", group: "", rows: 25, bytes: 10 },
        { operation: "remove", group: "", rows: 0, bytes: 0 },
      ]),
    ).toEqual({ requests: 1 + 5 + 3, bytes: 5110, minutes: 3 });
    expect(works.at(-1)).toMatchObject([{ batches: 1 }, { batches: 5 }, { batches: 3 }]);
  });

  test("of nothing is nothing", () =>
    expect(forecastCost(codec, [])).toEqual({ requests: 0, bytes: 0, minutes: 0 }));
});
