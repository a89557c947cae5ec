import { expect, test } from "vitest";
import { askCheck } from "../../../../src/plan/checks/check.js";
import { freshness } from "../../../../src/plan/checks/freshness.js";

const now = new Date("2026-07-01T06:00:00Z");
const HOUR = 3600;

function said(age: number | undefined, seconds: number, column?: string): string | undefined {
  const newestAt = age === undefined ? undefined : new Date(now.getTime() - age * 1000);
  const ages = [{ source: "crm", maxAge: { seconds, column }, newestAt }];
  const [check] = askCheck(freshness, { ages, now, timezone: "UTC" });
  return check?.message;
}

test("data may be exactly as old as it may be, and dated ahead by as much as clocks differ", () => {
  expect(said(26 * HOUR, 26 * HOUR)).toBeUndefined();
  expect(said(-5, 26 * HOUR)).toBeUndefined();
});

test("data that is dated in the future is of no known age", () => {
  expect(said(-2 * HOUR, 26 * HOUR)).toBe(
    'The newest file of source "crm" is from 2026-07-01T08:00:00Z, which has not come yet, so its age is not known, at most 26 h are allowed.',
  );
});

test("data that is too old is reported as older, however little", () => {
  const file = 'The newest file of source "crm" is';
  expect(said(26 * HOUR + 1, 26 * HOUR)).toBe(`${file} 26.1 h old, at most 26 h are allowed.`);
  expect(said(31 * HOUR + 4, 26 * HOUR)).toBe(`${file} 31 h old, at most 26 h are allowed.`);
  expect(said(100 * HOUR, 26 * HOUR)).toBe(`${file} 4.2 d old, at most 26 h are allowed.`);
  expect(said(61 * 60, HOUR)).toBe(`${file} 61 min old, at most 60 min are allowed.`);
  expect(said(2, 1)).toBe(`${file} 2 s old, at most 1 s are allowed.`);
});

test("the column of the age is named, also when it is empty", () => {
  expect(said(31 * HOUR, 26 * HOUR, "updated_at")).toBe(
    'The newest value of updated_at in source "crm" is 31 h old, at most 26 h are allowed.',
  );
  // Of a column that holds birthdays, neither of them is told.
  expect(said(9000 * HOUR, 26 * HOUR, "updated_at")).toBe(
    'The newest value of updated_at in source "crm" is more than 100 d old, at most 26 h are allowed.',
  );
  expect(said(-9000 * HOUR, 26 * HOUR, "updated_at")).toBe(
    'The newest value of updated_at in source "crm" is from a time that has not come yet, so its age is not known, at most 26 h are allowed.',
  );
  expect(said(undefined, 26 * HOUR, "updated_at")).toBe(
    'Source "crm" holds no value of updated_at, so its age is not known, at most 26 h are allowed.',
  );
});

test("a source without files is told to need a column", () => {
  const ages = [{ source: "crm", maxAge: { seconds: 26 * HOUR, column: undefined }, newestAt: undefined }];
  expect(askCheck(freshness, { ages, now, timezone: "UTC" })).toMatchObject([
    {
      message: 'Source "crm" has no files, so its age is not known, at most 26 h are allowed.',
      hint: "Name a column that says when its rows were written: `maxAge: {column: …, maxAge: …}`.",
    },
  ]);
});
