import { expect, test } from "vitest";
import type { Connection } from "../../../../src/model/config/connection.ts";
import { Failure } from "../../../../src/model/failure.ts";
import { askCheck } from "../../../../src/plan/checks/check.ts";
import { dataPrivacy } from "../../../../src/plan/checks/data-privacy.ts";
import { oldList } from "../../../../src/plan/checks/old-list.ts";
import { protection, type ProtectionFacts } from "../../../../src/plan/checks/protected.ts";
import { restraintsUnread } from "../../../../src/plan/checks/restraints-unread.ts";
import { twoMirrors } from "../../../../src/plan/checks/two-mirrors.ts";

test.each<[Connection["dataPrivacy"], number]>([
  [undefined, 1],
  [{ agreed: false, by: "A", on: "2026-01-01", text: "t" }, 1],
  [{ agreed: true, by: "A", on: "2026-01-01", text: "t" }, 0],
])("nothing is sent without an agreement: %j", (agreement, checks) =>
  expect(askCheck(dataPrivacy, { name: "news", dataPrivacy: agreement })).toHaveLength(checks),
);

test("a person does not leave an old list before the export is on its new one", () => {
  expect(askCheck(oldList, { after: "weekly", isSent: true })).toEqual([]);
  expect(askCheck(oldList, { after: "weekly", isSent: false })).toEqual([
    {
      name: "old-list",
      status: "failed",
      message: 'Nobody leaves the old list before "weekly" is on its new one.',
    },
  ]);
});

test("an export that mirrors one list with others names them", () => {
  const said = (others: string[]) => askCheck(twoMirrors, { others }).map(({ message }) => message);
  expect(said([])).toEqual([]);
  expect(said(["a"])).toEqual(['"a" mirrors the same list: each would remove the people of the other.']);
  expect(said(["a", "b"])).toEqual([
    '"a" and "b" mirror the same list: each would remove the people of the other.',
  ]);
});

test("a suppression that cannot be read again says why, and what would help", () => {
  expect(askCheck(restraintsUnread, new Failure("transient", "It is away."))).toMatchObject([
    {
      message:
        "Who was suppressed or excluded, or withdrew consent, since the plan was made cannot be told: It is away.",
      hint: "Apply the plan where the sources of the export can be read.",
    },
  ]);
  const [hinted] = askCheck(restraintsUnread, new Failure("transient", "It is away.", { hint: "Wait." }));
  expect(hinted?.hint).toBe("Wait. Apply the plan where the sources of the export can be read.");
});

const quiet = { recorded: true, wanted: true, delivered: 10, staying: 10, removed: 0, leaving: false };
const SILENT = "The export is protected although the configuration does not say so any more.";

test.each<[string, Partial<ProtectionFacts>, string[]]>([
  ["nobody asked for protection", { recorded: false, wanted: undefined, staying: 0, leaving: true }, []],
  [
    "it is not wanted any more and nothing was recorded",
    { recorded: false, wanted: false, leaving: true },
    [],
  ],
  ["nobody leaves", {}, []],
  ["half of them leave", { removed: 5 }, []],
  [
    "more than half leave",
    { removed: 6_000, delivered: 10_000 },
    ["failed: The export is protected, and 6,000 of 10,000 people would be taken off, more than half."],
  ],
  ["nobody would be left", { staying: 0 }, ["failed: The export is protected, and nobody would be left."]],
  ["nobody was there before", { staying: 0, delivered: 0 }, []],
  [
    "it leaves its list",
    { leaving: true },
    ["failed: The export is protected, and its list would be emptied."],
  ],
  ["the config is silent", { wanted: undefined }, [`warning: ${SILENT}`]],
  ["it is about to be lifted", { wanted: false }, []],
])("of a protected export, where %s", (_, more, said) => {
  const found = askCheck(protection, { ...quiet, ...more });
  expect(found.map(({ status, message }) => `${status}: ${message}`)).toEqual(said);
});

test("what would lift the protection depends on whether this run does", () => {
  const hintOf = (wanted: boolean | undefined) =>
    askCheck(protection, { ...quiet, wanted, leaving: true })[0]?.hint;
  expect(hintOf(false)).toMatch(/^This run only lifts the protection/);
  expect(hintOf(true)).toMatch(/^If it is meant, apply `protect: false`/);
});
