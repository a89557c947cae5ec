import { expect, test } from "vitest";
import { runIdOf, startOfRun } from "../../../../src/model/run/run-id.js";
import { shownMinute, shownTime } from "../../../../src/model/words/shown-time.js";

test.each([
  ["UTC", "2026-11-28T06:00:01Z", "2026-11-28 06:00Z"],
  ["Europe/Berlin", "2026-11-28T07:00:01+01:00", "2026-11-28 07:00+01:00"],
  ["Europe/London", "2026-11-28T06:00:01Z", "2026-11-28 06:00Z"],
  ["Asia/Kolkata", "2026-11-28T11:30:01+05:30", "2026-11-28 11:30+05:30"],
  ["Pacific/Auckland", "2026-11-28T19:00:01+13:00", "2026-11-28 19:00+13:00"],
])("a time in %s", (timezone, time, minute) => {
  expect(shownTime("2026-11-28T06:00:01.702Z", timezone)).toBe(time);
  expect(shownMinute(new Date("2026-11-28T06:00:01.702Z"), timezone)).toBe(minute);
});

test("the offset is that of the day, and midnight is 00", () => {
  expect(shownTime("2026-07-28T22:00:00Z", "Europe/Berlin")).toBe("2026-07-29T00:00:00+02:00");
});

test("a text that is not a time is shown as it is, and an unknown zone counts as UTC", () => {
  expect(shownTime("soon", "Europe/Berlin")).toBe("soon");
  expect(shownMinute("2026-11-28T06:00:00Z", "Moon/Sea")).toBe("2026-11-28 06:00Z");
});

test("the id of a run says when it began", () => {
  const began = new Date("2026-11-28T06:00:01.702Z");
  expect(startOfRun(runIdOf(began, "57c1e705"))).toBe(began.toISOString());
  expect(startOfRun("r")).toBeUndefined();
});
