import { expect, test } from "vitest";
import { askCheck } from "../../../../src/plan/checks/check.ts";
import { missingAddresses } from "../../../../src/plan/checks/missing-addresses.ts";
import { missingConsent } from "../../../../src/plan/checks/missing-consent.ts";
import { unclearConsent } from "../../../../src/plan/checks/warnings/unclear-consent.ts";

test.each([
  [0, 20, false],
  [1, 1, false],
  [2, 20, false],
  [2, 3, true],
  [3, 20, true],
  [100, 1000, false],
  [101, 1000, true],
])("%i of %i who lost their address, or their consent: held up %s", (lost, recorded, held) => {
  expect(askCheck(missingAddresses, { lost, recorded, where: {} }).map(({ name }) => name)).toEqual(
    held ? ["missing-addresses"] : [],
  );
  const consent = { name: "column news", silent: lost, recorded, first: undefined };
  expect(askCheck(missingConsent, consent).map(({ name }) => name)).toEqual(held ? ["missing-consent"] : []);
});

const first = { of: "address", source: "people", file: "people.csv", line: 3 } as const;

test("a check for missing consent names the column, and the place of the first person without an answer", () => {
  const facts = { silent: 3, recorded: 3, first };
  expect(askCheck(missingConsent, { name: 'column "news"', ...facts })[0]?.message).toBe(
    '3 of 3 delivered members have no consent that can be read any more (column "news", first address in people.csv, line 3), and would be removed.',
  );
  expect(askCheck(missingConsent, { ...facts, name: "", first: undefined })[0]?.message).toContain(
    "any more ()",
  );
});

test("a value that means neither yes nor no is only reported, with its column if it has one", () => {
  expect(askCheck(unclearConsent, { name: "x", unclear: 0, first: undefined })).toEqual([]);
  expect(askCheck(unclearConsent, { name: 'column "news"', unclear: 1, first })).toEqual([
    {
      name: "unclear-consent",
      status: "warning",
      message:
        '1 profile has a value of column "news" that means neither yes nor no (first address in people.csv, line 3): held back.',
      hint: 'If some of these values mean yes, say so: `consent: {column: "news", is: [VALUE]}`.',
    },
  ]);
  const [computed] = askCheck(unclearConsent, { name: "the condition", unclear: 2, first: undefined });
  expect(computed?.message).toMatch(/^2 profiles have a value of the condition .* no: held back\.$/);
  expect(computed?.hint).toContain("column: NAME");
});
