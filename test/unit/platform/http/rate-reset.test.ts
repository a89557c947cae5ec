import { expect, test } from "vitest";
import {
  answeredAt,
  secondsUntilReset,
  secondsUntilRetry,
} from "../../../../src/platform/http/rate-reset.js";

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
])("%j is not a reset time", (text) => {
  expect(secondsUntilReset(text, now)).toBeUndefined();
});

test.each([
  ["30", 30],
  [new Date(now + 30_000).toUTCString(), 30],
  [new Date(now - 30_000).toUTCString(), undefined],
  ["2027-01-01", undefined],
  [undefined, undefined],
])("Retry-After %j is %s seconds from now", (text, seconds) => {
  expect(secondsUntilRetry(text, now)).toBe(seconds);
});

test("times in an answer are by the clock of the server, when the answer gives it", () => {
  expect(answeredAt({ date: new Date(now).toUTCString() })).toBe(now);
  expect(Math.abs(answeredAt({ date: "today" }) - Date.now())).toBeLessThan(60_000);
});
