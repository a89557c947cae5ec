import { expect, it } from "vitest";
import { currentInstant, millisecondsSince } from "../../../src/platform/stopwatch.js";

const then = { day: 1_790_000_000_000, running: 5000 };

it.each([
  ["time passed", { day: then.day + 700, running: 5700 }, 700],
  ["the clock was set back two hours", { day: then.day - 7_200_000, running: 5700 }, 700],
  ["the clock was set ahead", { day: then.day + 7_200_000, running: 5700 }, 7_200_000],
  ["the machine slept for an hour", { day: then.day + 3_600_000, running: 5001 }, 3_600_000],
])("when %s", (_name, now, milliseconds) => {
  expect(millisecondsSince(then, now)).toBe(milliseconds);
});

it("the stopwatch counts from now on", () => {
  expect(millisecondsSince(currentInstant())).toBeLessThan(10_000);
});
