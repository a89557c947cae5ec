import { describe, expect, test } from "vitest";
import {
  exitCodeOfDiagnostics,
  exitCodeOfError,
  exitCodeOfPlan,
  exitCodeOfRun,
} from "../../../../src/cli/process/exit-code.js";
import { Failure, type FailureKind } from "../../../../src/model/failure.js";
import type { ExportResult } from "../../../../src/model/run/run.js";
import * as values from "../../../golden/report/values.js";

const plain = { detailedExitcode: false, failOnUnsafe: false };
const asked = { detailedExitcode: true, failOnUnsafe: true };
const failed = (kind: string): ExportResult["error"] => ({ kind, message: "m", hint: undefined });

describe("errors", () => {
  const kinds: [FailureKind, number][] = [
    ["auth", 4],
    ["not-found", 1],
    ["conflict", 6],
    ["rate-limit", 1],
    ["transient", 1],
    ["permanent", 1],
    ["unknown-outcome", 1],
    ["refused", 5],
    ["invalid", 3],
    ["lock-held", 7],
    ["stale", 6],
    ["interrupted", 130],
  ];
  test.each(kinds)("%s ends with %i", (kind, code) => {
    expect(exitCodeOfError(new Failure(kind, "m"))).toBe(code);
  });

  test("an aborted signal is an interruption, anything unknown a failure", () => {
    const aborted = new AbortController();
    aborted.abort();
    expect(exitCodeOfError(aborted.signal.reason)).toBe(130);
    expect(exitCodeOfError(new TypeError("defect"))).toBe(1);
    expect(exitCodeOfError("text")).toBe(1);
  });

  test("only errors among diagnostics count", () => {
    expect(exitCodeOfDiagnostics(values.diagnostics)).toBe(3);
    expect(exitCodeOfDiagnostics(values.diagnostics.slice(1))).toBe(0);
  });
});

describe("plan", () => {
  test("changes are 2 only when asked for", () => {
    const changing = values.planOf([values.full.exports[0] ?? values.exportPlan()]);
    expect(exitCodeOfPlan(changing, [], plain)).toBe(0);
    expect(exitCodeOfPlan(changing, [], asked)).toBe(2);
  });

  test("held-back people alone are not a change", () => {
    expect(exitCodeOfPlan(values.heldBackOnly, [], asked)).toBe(0);
    expect(exitCodeOfPlan(values.unchanged, [], asked)).toBe(0);
  });

  test("a list or field to create is a change", () => {
    const creates = values.planOf([values.exportPlan({ fieldsToCreate: ["SCORE"] })]);
    expect(exitCodeOfPlan(creates, [], asked)).toBe(2);
  });

  test("failed checks are 5 only when asked for, and outweigh changes", () => {
    expect(exitCodeOfPlan(values.full, [], asked)).toBe(5);
    expect(exitCodeOfPlan(values.full, [], plain)).toBe(0);
  });

  test("a list that a refusal kept from being planned is 5 without being asked for, also beside others", () => {
    const refused = values.exportPlan({ error: failed("refused") });
    for (const options of [plain, asked]) {
      expect(exitCodeOfPlan(values.planOf([refused]), [], options)).toBe(5);
      expect(exitCodeOfPlan(values.planOf([values.exportPlan(), refused]), [], options)).toBe(5);
    }
  });

  test("what waits for its connection to be merged is 5 only when asked for", () => {
    const awaiting = values.exportPlan({ error: failed("refused"), awaitsTrust: true });
    expect(exitCodeOfPlan(values.planOf([awaiting]), [], plain)).toBe(0);
    expect(exitCodeOfPlan(values.planOf([awaiting]), [], asked)).toBe(5);
  });

  test("no plan with a list that could not be planned is a success, whatever the reason", () => {
    const kinds: FailureKind[] = ["auth", "not-found", "conflict", "rate-limit", "transient", "permanent"];
    kinds.push("unknown-outcome", "refused", "invalid", "lock-held", "stale", "interrupted");
    for (const kind of [...kinds, "made-up"]) {
      const incomplete = values.planOf([values.exportPlan(), values.exportPlan({ error: failed(kind) })]);
      expect(exitCodeOfPlan(incomplete, [], plain), kind).not.toBe(0);
      expect(exitCodeOfPlan(incomplete, [], asked), kind).not.toBe(2);
    }
    const refused = values.exportPlan({ error: failed("refused") });
    const auth = values.exportPlan({ error: failed("auth") });
    expect(exitCodeOfPlan(values.planOf([refused, auth]), [], plain)).toBe(4);
  });

  test("exports that could not be planned decide by their reason", () => {
    expect(exitCodeOfPlan(values.broken, [], plain)).toBe(1);
    const auth = values.exportPlan({ error: failed("auth") });
    expect(exitCodeOfPlan(values.planOf([auth, values.exportPlan()]), [], asked)).toBe(4);
    const other = values.exportPlan({ error: failed("invalid") });
    expect(exitCodeOfPlan(values.planOf([auth, other]), [], asked)).toBe(1);
  });

  test("no plan: invalid config, else failed", () => {
    expect(exitCodeOfPlan(undefined, values.diagnostics, plain)).toBe(3);
    expect(exitCodeOfPlan(undefined, [], plain)).toBe(1);
  });
});

describe("apply", () => {
  const cases: [string, readonly ExportResult[], number][] = [
    ["nothing to do", [values.nothingDone], 0],
    ["done", [values.result(), values.nothingDone], 0],
    ["rejected rows are a warning", [values.result({ rejected: 4 })], 0],
    ["some done, some refused", values.partly.exports, 8],
    ["one partly", [values.result({ status: "partly" })], 8],
    ["all refused", [values.result({ status: "refused", error: failed("refused") })], 5],
    [
      "unchanged and refused",
      [values.nothingDone, values.result({ status: "refused", error: failed("refused") })],
      5,
    ],
    ["all without permission", [values.result({ status: "failed", error: failed("auth") })], 4],
    [
      "different reasons",
      [
        values.result({ status: "failed", error: failed("auth") }),
        values.result({ status: "failed", error: failed("transient") }),
      ],
      1,
    ],
    ["interrupted", [values.result(), values.result({ status: "interrupted" })], 130],
  ];
  test.each(cases)("%s", (_, exports, code) => {
    expect(exitCodeOfRun(values.runOf(exports))).toBe(code);
  });
});
