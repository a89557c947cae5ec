import { expect, test } from "vitest";
import type { RunEvent } from "../../../../src/model/run/event.js";
import type { Plan } from "../../../../src/model/plan/plan.js";
import { EVENTS_FORMAT, type JsonEvent, ndjson } from "../../../../src/report/machine-readable/ndjson.js";
import { totalsOf } from "../../../../src/plan/totals.js";
import { planSentence } from "../../../../src/report/plan/summary.js";
import * as values from "../../../golden/report/values.js";
import { schema, validEvent } from "../../../support/valid-event.js";

const runEvents: RunEvent[] = [
  { type: "stage", export: undefined, stage: "reading opt-outs" },
  { type: "batch", export: "weekly", operation: "add", batch: 1, batches: 2, rows: 100, outcome: "sent" },
  { type: "waiting", account: "acme", reason: "status requests", seconds: 40 },
  { type: "warning", export: "weekly", message: "slow" },
  { type: "export-result", result: values.result() },
];

const events: JsonEvent[] = [
  { type: "version", format: EVENTS_FORMAT, tool: "rollcall 0.1.0" },
  ...runEvents,
  ...values.diagnostics.map((diagnostic): JsonEvent => ({ type: "diagnostic", diagnostic })),
  ...[values.full, values.unchanged, values.broken, values.heldBackOnly].map((plan): JsonEvent => ({
    type: "plan",
    plan,
  })),
  { type: "plan-summary", message: planSentence(values.full), totals: totalsOf(values.full) },
  { type: "run", run: values.partly },
  { type: "run-summary", message: "Apply complete." },
  { type: "result", command: "fmt", data: { changed: [] } },
  { type: "error", kind: "auth", message: "no", hint: "try" },
  { type: "end", exitCode: 8 },
];

test.each(events.map((event, index) => [`${index} ${event.type}`, event] as const))(
  "%s fits the schema",
  (_, event) => {
    const line = ndjson(event, "2026-11-22T12:00:00.000Z");
    expect(line.endsWith("\n") && !line.slice(0, -1).includes("\n")).toBe(true);
    validEvent(JSON.parse(line));
    expect(validEvent.errors ?? []).toEqual([]);
  },
);

test("the schema refuses what the model does not have", () => {
  const line = (event: unknown): unknown =>
    JSON.parse(ndjson(event as JsonEvent, "2026-11-22T12:00:00.000Z"));
  const plan: Plan = values.full;
  expect(validEvent(line({ type: "end" }))).toBe(false);
  expect(validEvent(line({ type: "surprise" }))).toBe(false);
  expect(validEvent(line({ type: "result", command: "drift", data: {} }))).toBe(false);
  expect(validEvent(line({ type: "result", command: "of another version" as "fmt", data: {} }))).toBe(true);
  expect(validEvent(line({ type: "plan", plan: { ...plan, formatVersion: "2.0" } }))).toBe(false);
  expect(validEvent(line({ type: "plan", plan: { ...plan, exports: [{}] } }))).toBe(false);
});

test("the schema describes every property that a plan and its parts have", () => {
  const known = JSON.stringify(schema("plan"));
  const names = new Set<string>();
  JSON.stringify(values.full, (key: string, value: unknown) => {
    if (key !== "" && !/^\d+$/.test(key)) names.add(key);
    return value ?? null;
  });
  expect([...names].filter((name) => !known.includes(`"${name}"`))).toEqual([]);
});
