import { describe, expect, it } from "vitest";
import { mergeResults } from "../../../../src/apply/record/merge-results.js";
import type { ExportResult, RunResult } from "../../../../src/model/run/run.js";

const result = (more: Partial<ExportResult> = {}): ExportResult => ({
  name: "weekly",
  status: "succeeded",
  added: 0,
  updated: 0,
  removed: 0,
  rejected: 0,
  unknown: 0,
  evidence: undefined,
  requests: 0,
  overrides: [],
  error: undefined,
  ...more,
});

const run = (id: string, finishedAt: string, ...exports: ExportResult[]): RunResult => ({
  id,
  actor: id,
  startedAt: `${id} began`,
  finishedAt,
  exports,
});

const NONE = new Map();

/** The result of both passes for one export. */
function merged(
  first: Partial<ExportResult>,
  second: Partial<ExportResult>,
  open?: { added?: number; updated?: number; removed?: number },
): ExportResult | undefined {
  const unknown =
    open === undefined ? NONE : new Map([["weekly", { added: 0, updated: 0, removed: 0, ...open }]]);
  return mergeResults(run("1", "", result(first)), run("2", "", result(second)), unknown).exports[0];
}

it("the merged result is the first run and ends with the second", () => {
  const both = mergeResults(run("1", "then", result()), run("2", "now"), NONE);
  expect(both).toEqual({ ...run("1", "now", result()) });
});

it.each(["skipped", "detached"] as const)(
  "the merged result keeps the first result of an export that the second %s",
  (status) => {
    expect(merged({ added: 3, status: "partly" }, { status, added: 9 })).toEqual(
      result({ added: 3, status: "partly" }),
    );
  },
);

it("the merged result leaves out an export that only the second run has", () => {
  const both = mergeResults(run("1", "", result()), run("2", "", result({ name: "other" })), NONE);
  expect(both.exports.map(({ name }) => name)).toEqual(["weekly"]);
});

it("the merged result adds up what was done and ends like the second", () => {
  const error = { kind: "transient", message: "m", hint: undefined };
  const first = { added: 1, updated: 2, removed: 3, rejected: 4, requests: 5, overrides: ["a", "b"], error };
  const second = { added: 10, updated: 20, removed: 30, rejected: 40, requests: 50, overrides: ["b", "c"] };
  expect(merged(first, { ...second, status: "failed", unknown: 7 })).toEqual(
    result({
      status: "failed",
      added: 11,
      updated: 22,
      removed: 33,
      rejected: 44,
      unknown: 7,
      requests: 55,
      overrides: ["a", "b", "c"],
    }),
  );
});

describe("the merged status", () => {
  it.each<[Partial<ExportResult>, ExportResult["status"], ExportResult["status"]]>([
    [{ added: 1 }, "unchanged", "succeeded"],
    [{ added: 1, rejected: 1 }, "unchanged", "partly"],
    [{ added: 1, rejected: 1 }, "succeeded", "succeeded"],
    [{ added: 1 }, "interrupted", "interrupted"],
  ])("after %j and %s is %s", (first, second, status) => {
    expect(merged({ status: "partly", ...first }, { status: second })?.status).toBe(status);
  });
});

describe("the count of unknown rows that were found done", () => {
  it("is of those that were neither sent again nor are still unknown", () => {
    expect(merged({ unknown: 5 }, { added: 2, unknown: 1 }, { added: 5 })).toMatchObject({
      added: 4,
      unknown: 1,
    });
    expect(merged({ unknown: 3 }, { rejected: 3 }, { added: 3 })).toMatchObject({ added: 0, rejected: 3 });
  });

  it("is given by operation, for rows that were open and not sent again", () => {
    const open = { added: 1, updated: 2, removed: 3 };
    expect(merged({ unknown: 6 }, {}, open)).toMatchObject({ added: 1, updated: 2, removed: 3 });
    expect(merged({ unknown: 6 }, { removed: 3 }, open)).toMatchObject({ added: 1, updated: 2, removed: 3 });
    expect(merged({ unknown: 2 }, {}, open)).toMatchObject({ added: 0, updated: 0, removed: 2 });
  });

  it("is never less than nothing", () => {
    expect(merged({ unknown: 1 }, { added: 4 }, { added: 1 })).toMatchObject({ added: 4 });
    expect(merged({ unknown: 4 }, { updated: 2 }, { updated: 1 })).toMatchObject({ updated: 2 });
  });

  it("is nothing when no row was noted as open", () => {
    expect(merged({ unknown: 5 }, {})).toMatchObject({ added: 0, updated: 0, removed: 0 });
  });
});

it.each<[ExportResult["evidence"], ExportResult["evidence"], number, ExportResult["evidence"]]>([
  ["accepted", "job-completed", 0, "job-completed"],
  ["accepted", undefined, 0, "accepted"],
  [undefined, undefined, 1, "read-back"],
  [undefined, undefined, 0, undefined],
])("the evidence of %s, then %s, with %i found done is %s", (first, second, unknown, evidence) => {
  expect(merged({ evidence: first, unknown }, { evidence: second }, { added: unknown })?.evidence).toBe(
    evidence,
  );
});
