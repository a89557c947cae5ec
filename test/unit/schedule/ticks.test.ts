import { describe, expect, test } from "vitest";
import { latestTick, nextTick } from "../../../src/schedule/ticks.js";

const berlin = (...crons: string[]): { crons: string[]; timezone: string } => ({
  crons,
  timezone: "Europe/Berlin",
});

/** The next times after an instant. */
function following(schedule: ReturnType<typeof berlin>, from: string, count: number): string[] {
  const found: string[] = [];
  for (let at = new Date(from); found.length < count;) {
    at = nextTick(schedule, at) ?? new Date(NaN);
    found.push(at.toISOString());
  }
  return found;
}

/** The latest times before an instant, newest first. */
function preceding(schedule: ReturnType<typeof berlin>, from: string, count: number): string[] {
  const found: string[] = [];
  for (let at = new Date(from); found.length < count;) {
    const tick = latestTick(schedule, at) ?? new Date(NaN);
    found.push(tick.toISOString());
    at = new Date(tick.getTime() - 1);
  }
  return found;
}

describe("in spring, when 02:00 to 03:00 is left out (29 March 2026)", () => {
  test.each([["30 2 * * *"], ["30 2,14 * * *"]])("%s is due at 03:00 and only once", (cron) => {
    const times = following(berlin(cron), "2026-03-28T20:00:00Z", 4).filter((time) => time < "2026-03-30");
    expect(times.filter((time) => time < "2026-03-29T06")).toEqual(["2026-03-29T01:00:00.000Z"]);
    expect(latestTick(berlin(cron), new Date("2026-03-29T05:00:00Z"))?.toISOString()).toBe(
      "2026-03-29T01:00:00.000Z",
    );
  });

  test("a half-hourly schedule follows the clock", () => {
    expect(following(berlin("*/30 * * * *"), "2026-03-29T00:20:00Z", 3)).toEqual([
      "2026-03-29T00:30:00.000Z",
      "2026-03-29T01:00:00.000Z",
      "2026-03-29T01:30:00.000Z",
    ]);
  });
});

describe("in autumn, when 02:00 to 03:00 comes twice (25 October 2026)", () => {
  test("30 2 * * * is due the first time only", () => {
    const cron = berlin("30 2 * * *");
    const expected = ["2026-10-24T00:30:00.000Z", "2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"];
    expect(following(cron, "2026-10-23T12:00:00Z", 3)).toEqual(expected);
    expect(preceding(cron, "2026-10-26T12:00:00Z", 3)).toEqual(expected.toReversed());
  });

  test("a half-hourly schedule is due in both hours", () => {
    const cron = berlin("*/30 * * * *");
    expect(following(cron, "2026-10-24T23:40:00Z", 5)).toEqual([
      "2026-10-25T00:00:00.000Z",
      "2026-10-25T00:30:00.000Z",
      "2026-10-25T01:00:00.000Z",
      "2026-10-25T01:30:00.000Z",
      "2026-10-25T02:00:00.000Z",
    ]);
    expect(latestTick(cron, new Date("2026-10-25T01:29:59Z"))?.toISOString()).toBe(
      "2026-10-25T01:00:00.000Z",
    );
  });
});

test("a scheduled time counts from its own second on, to the millisecond", () => {
  const cron = berlin("0 6 * * *");
  const latest = (at: string): string | undefined => latestTick(cron, new Date(at))?.toISOString();
  expect(latest("2026-07-01T03:59:59.999Z")).toBe("2026-06-30T04:00:00.000Z");
  expect(latest("2026-07-01T04:00:00.000Z")).toBe("2026-07-01T04:00:00.000Z");
  expect(latest("2026-07-01T04:00:00.001Z")).toBe("2026-07-01T04:00:00.000Z");
});

test("the nearest of several crons counts", () => {
  const both = berlin("0 6 * * 1-5", "0 9 * * 0,6");
  expect(following(both, "2026-07-03T00:00:00Z", 3)).toEqual([
    "2026-07-03T04:00:00.000Z",
    "2026-07-04T07:00:00.000Z",
    "2026-07-05T07:00:00.000Z",
  ]);
  expect(preceding(both, "2026-07-05T12:00:00Z", 2)).toEqual([
    "2026-07-05T07:00:00.000Z",
    "2026-07-04T07:00:00.000Z",
  ]);
});
