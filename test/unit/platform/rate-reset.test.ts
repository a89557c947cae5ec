import { expect, test } from "vitest";
import { secondsUntilReset } from "../../../src/platform/rate-reset.js";

const now = 1_790_000_000_000;

test.each([
  ["17", 17],
  ["0", 0],
  ["0.5", 0.5],
  [" 3600 ", 3600],
  [String(now / 1000 + 13), 13],
  [String(now + 13_000), 13],
])("%j is %d seconds from now", (text, seconds) => {
  expect(secondsUntilReset(text, now)).toBe(seconds);
});

test.each([
  undefined,
  "",
  "-5",
  "soon",
  "1e9",
  "1000000000",
  "999999",
  "99999999999999999999",
  String(now / 1000 - 60),
])("%j cannot be meant", (text) => {
  expect(secondsUntilReset(text, now)).toBeUndefined();
});
