import { expect, it } from "vitest";
import type { PlanFile } from "../../../src/model/plan/plan-file.js";
import { mustBeRecent } from "../../../src/approvals/saved-plan/plan-base.js";

const now = new Date("2026-11-28T12:00:00.000Z");
const DAY = 24 * 3600;

function outcome(createdAt: string, expiresAt: string): string {
  try {
    mustBeRecent(
      { expiresAt, plan: { createdAt } } as PlanFile,
      { maxAgeSeconds: 3 * DAY, timezone: "UTC" },
      now,
    );
    return "young";
  } catch (error) {
    return (error as Error).message;
  }
}

it.each([
  ["an hour ago", "2026-11-28T11:00:00.000Z", /^young$/],
  ["by a clock that is minutes ahead", "2026-11-28T12:04:00.000Z", /^young$/],
  ["by a clock that is two hours ahead", "2026-11-28T14:00:00.000Z", /age of the plan cannot be told/],
  ["in another century", "2126-11-28T14:00:00.000Z", /age of the plan cannot be told/],
  ["at no time", "soon", /age of the plan cannot be told/],
  ["four days ago", "2026-11-24T12:00:00.000Z", /is too old/],
])("a plan that was made %s", (_name, createdAt, words) => {
  expect(outcome(createdAt, "2127-01-01T00:00:00.000Z")).toMatch(words);
});
