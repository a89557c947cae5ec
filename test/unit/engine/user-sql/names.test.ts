import { expect, test } from "vitest";
import { isNearlySame, explainLackingColumn } from "../../../../src/engine/user-sql/names.ts";

test.each([
  ["email", "E-Mail"],
  ["emial", "email"],
  ["mail", "E-Mail-Adresse"],
  ["nmae", "name"],
  ["ID", "id"],
])("%s may mean %s", (one, other) => expect(isNearlySame(one, other)).toBe(true));

test.each([
  ["email", "Zacharias Geheim"],
  ["okay", "name"],
  ["seen", "email"],
  ["id", "email"],
  ["x".repeat(101), "y".repeat(101)],
])("%s does not mean %s", (one, other) => expect(isNearlySame(one, other)).toBe(false));

test("a missing column is reported with the column names that may be shown", () => {
  expect(explainLackingColumn("crm", "nmae", ["email", "name"])).toEqual({
    message: 'Source "crm" has no column "nmae".',
    hint: "Its columns are email, name.",
  });
  expect(explainLackingColumn("crm", "nmae", []).hint).toMatch(/not shown/);
});
