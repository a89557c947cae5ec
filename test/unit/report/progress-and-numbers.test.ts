import { expect, test } from "vitest";
import { progressText } from "../../../src/report/runs/progress-human.js";
import { formatCount, counted, duration, percent, size } from "../../../src/report/layout/quantity.js";
import { wrap } from "../../../src/report/layout/text.js";

test("numbers are grouped, sizes and times are no more exact than they need to be", () => {
  expect(formatCount(1_234_567)).toBe("1,234,567");
  expect(counted(1, "address", "addresses")).toBe("1 address");
  expect([0, 999, 1500, 2_400_000, 3.1e9].map(size)).toEqual(["0 B", "999 B", "1.5 kB", "2.4 MB", "3.1 GB"]);
  expect([0.2, 1, 59.4, 240].map(duration)).toEqual([
    "under a minute",
    "about 1 minute",
    "about 60 minutes",
    "about 4 hours",
  ]);
  expect([percent(1, 300), percent(1, 3), percent(0, 0), percent(1, 5000)]).toEqual([
    "0.3%",
    "33%",
    "0%",
    "under 0.1%",
  ]);
});

test("text is wrapped by characters, and a word that is too long stays whole", () => {
  expect(wrap("- ", "aa bb cc", 7)).toEqual(["- aa bb", "  cc"]);
  expect(wrap("", "äääää ööööö", 5)).toEqual(["äääää", "ööööö"]);
  expect(wrap("", "run `a b c`, then d", 8)).toEqual(["run", "`a b c`,", "then d"]);
  expect(wrap("", "a lone ` is a character", 8)).toEqual(["a lone `", "is a", "character"]);
  expect(wrap("", "https://example.com/long x", 5)).toEqual(["https://example.com/long", "x"]);
});

test("progress says what is done to how many, without anybody's address", () => {
  const batch = {
    type: "batch",
    export: "weekly",
    operation: "add",
    batch: 3,
    batches: 40,
    rows: 30_000,
  } as const;
  expect(progressText({ ...batch, outcome: "confirmed" })).toEqual({
    topic: "weekly",
    text: "weekly: adding, batch 3 of 40 confirmed (30,000 people)",
  });
  expect(progressText({ type: "waiting", account: "acme", reason: "status", seconds: 1.2 })?.text).toBe(
    "acme: waiting 2 s (status)",
  );
});
