import { describe, expect, it } from "vitest";
import {
  believedTime,
  CLOCK_TOLERANCE_MS,
  isFromFuture,
  oldestRemembered,
} from "../../../src/model/believed-time.js";

const NOW = Date.parse("2026-11-28T12:00:00.000Z");
const HOUR = 3_600_000;

describe("a time that somebody recorded", () => {
  it.each([
    ["an hour ago", NOW - HOUR, false, NOW - HOUR],
    ["now", NOW, false, NOW],
    ["ahead by less than clocks differ", NOW + CLOCK_TOLERANCE_MS, false, NOW],
    ["ahead by more", NOW + CLOCK_TOLERANCE_MS + 1, true, NOW],
    ["two hours ahead", NOW + 2 * HOUR, true, NOW],
    ["never", Infinity, true, NOW],
    ["no time at all", NaN, true, NOW],
  ])("%s", (_name, recorded, fromFuture, believed) => {
    expect(isFromFuture(recorded, NOW)).toBe(fromFuture);
    expect(believedTime(recorded, NOW)).toBe(believed);
  });
});

describe("what is old enough to be forgotten", () => {
  const at = (ms: number): string => new Date(ms).toISOString();

  it.each([
    ["nothing was recorded", [], NOW - HOUR],
    ["our clock is the earlier one", [at(NOW + 9 * HOUR)], NOW - HOUR],
    ["our clock is far ahead of what was recorded", [at(NOW - 9 * HOUR), at(NOW - 5 * HOUR)], NOW - 6 * HOUR],
    ["a record holds no time", ["soon", at(NOW - 2 * HOUR)], NOW - 3 * HOUR],
  ])("when %s", (_name, recorded, oldest) => {
    expect(oldestRemembered(recorded, NOW, HOUR)).toBe(oldest);
  });
});
