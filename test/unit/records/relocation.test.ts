import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/model/failure.js";
import type { Moved } from "../../../src/model/config/moved.js";
import { relocationOf, type RelocationContext } from "../../../src/records/relocation.js";
import type { AccountState, ExportState } from "../../../src/state/root/root.js";

const ACCOUNT = "brevo:1";
const from = { accountId: ACCOUNT, listId: "1", name: "Old" };
const lastRun = {
  id: "r",
  status: "succeeded",
  at: "2026-01-01T00:00:00Z",
  actor: "tester",
  counts: { added: 1, updated: 0, removed: 0, rejected: 0, unknown: 0 },
} as const;
const byId = { name: "weekly", list: { id: "2" } };
const byName = { name: "weekly", list: { name: "New", create: true, folder: undefined } };
const two = { id: "2", name: "New" };

const block = (fromList: string, toList: string, oldMembers: "keep" | "remove" = "keep"): Moved => ({
  export: "weekly",
  fromList,
  toList,
  oldMembers,
  maxRemovals: { count: 5, share: undefined },
});

const ways = (moved: Moved[] = [], root: Partial<RelocationContext["root"]> = {}): RelocationContext => ({
  config: { moved, environment: undefined, disabled: new Set() },
  root: { exports: {}, accounts: {}, ...root },
});

type Applied = Parameters<typeof relocationOf>[2];

function refusalOf(
  given: RelocationContext,
  wanted: typeof byId | typeof byName,
  applied: Partial<Applied>,
  list: typeof two | undefined,
) {
  try {
    relocationOf(given, wanted, { list: from, lastRun, ...applied }, ACCOUNT, list);
  } catch (error) {
    return error instanceof Failure ? { kind: error.kind, message: error.message, hint: error.hint } : error;
  }
  return undefined;
}

const relocated = (
  moved: Moved[],
  wanted: typeof byId | typeof byName = byId,
  list: typeof two | undefined = two,
) => relocationOf(ways(moved), wanted, { list: from, lastRun }, ACCOUNT, list);

it("an export that stays on its list goes nowhere, whatever the blocks say", () => {
  const list = { id: "1", name: "Renamed" };
  expect(relocationOf(ways([block("1", "2")]), byId, { list: from }, ACCOUNT, list)).toBeUndefined();
});

it("another account is another export", () => {
  const other = { ...from, accountId: "brevo:2" };
  expect(refusalOf(ways(), byId, { list: other }, two)).toMatchObject({
    kind: "refused",
    message: 'Export "weekly" was applied to account brevo:2 and now points at brevo:1.',
    hint: expect.stringContaining('removed: [{export: "weekly", members: keep}]'),
  });
});

describe("a block leads to the new list", () => {
  const expected = {
    from,
    departed: "weekly/1",
    oldMembers: "keep",
    maxRemovals: { count: 5, share: undefined },
  };

  it.each<[string, Moved[]]>([
    ["by ids", [block("1", "2")]],
    ["by the name of the old list", [block("Old", "2")]],
    ["by the name of the new list", [block("1", "New")]],
    ["by way of others", [block("1", "7"), block("7", "8"), block("8", "2")]],
    [
      "beside blocks of others and of names",
      [{ from: "a", to: "b" }, { ...block("1", "9"), export: "daily" } as Moved, block("1", "2")],
    ],
    ["by its id rather than by its name", [block("Old", "9"), block("1", "2")]],
  ])("%s", (_, moved) => expect(relocated(moved)).toEqual(expected));

  it("that is not there yet, by the name that it will have", () => {
    expect(relocated([block("1", "New")], byName, undefined)).toEqual(expected);
  });

  it("with people who come off the old one, unless they still do so from before", () => {
    const moved = [block("1", "2", "remove")];
    expect(relocated(moved)).toEqual({ ...expected, oldMembers: "remove" });
    const exports = { "weekly/1": { list: from } as ExportState };
    expect(refusalOf(ways(moved, { exports }), byId, {}, two)).toMatchObject({
      kind: "refused",
      message: 'Export "weekly" has left list 1 before, and not all of those people are off it.',
      hint: expect.stringContaining('removed: [{export: "weekly/1", members: keep}]'),
    });
    // Where they stay, nobody has to come off first.
    const keeping = ways([block("1", "2")], { exports });
    expect(relocationOf(keeping, byId, { list: from }, ACCOUNT, two)).toEqual(expected);
  });
});

describe("no block leads there", () => {
  it.each<[string, Moved[]]>([
    ["there is none", []],
    ["it leads elsewhere", [block("1", "7")]],
    ["it leaves another list", [block("3", "2")]],
    ["it goes round", [block("1", "7"), block("7", "1")]],
  ])("since %s", (_, moved) => {
    expect(refusalOf(ways(moved), byId, {}, two)).toMatchObject({
      kind: "refused",
      message: 'Export "weekly" was applied to list 1 and now points at list 2.',
      hint: expect.stringContaining('{export: weekly, fromList: "1", toList: "2", oldMembers: keep}'),
    });
  });

  it("the hint calls the old list as the block does that led there", () => {
    const hintOf = (list: ExportState["list"]) => {
      const said = refusalOf(ways([block("0", "Old")]), byName, { list }, two);
      return said instanceof Object && "hint" in said ? said.hint : undefined;
    };
    expect(hintOf(from)).toContain('fromList: "Old", toList: "New"');
    expect(hintOf({ accountId: ACCOUNT, listId: "1" })).toContain('fromList: "1"');
  });

  it.each([
    [byName, "New"],
    [byId, "2"],
  ])("a list that is gone is not made once more: %j", (wanted, called) => {
    expect(refusalOf(ways(), wanted, {}, undefined)).toMatchObject({
      kind: "not-found",
      message: `Export "weekly" was applied to list 1, and there is no list called "${called}".`,
    });
  });

  it("a config that is older than the record is stale", () => {
    expect(refusalOf(ways(), byId, { formerLists: ["2"] }, two)).toMatchObject({
      kind: "stale",
      message: 'Export "weekly" was moved from list 2 to list 1; this configuration is older than that.',
    });
    expect(refusalOf(ways(), byId, { formerLists: ["3"] }, two)).toMatchObject({ kind: "refused" });
  });

  it("says how people came to be on the list", () => {
    const observed = (operation: "adopt" | "drift", listId: string) => {
      const observations = { weekly: { operation, listId, at: "", actor: "a", people: 1 } };
      return ways([], { accounts: { [ACCOUNT]: { observations } as unknown as AccountState } });
    };
    // A first run that did not end well has no last run.
    const unfinished = { list: from, formerLists: [] };
    const messageOf = (given: RelocationContext) => {
      try {
        return relocationOf(given, byId, unfinished, ACCOUNT, two);
      } catch (error) {
        return (error as Failure).message;
      }
    };
    expect(messageOf(ways())).toContain("was applied in part to list 1");
    expect(messageOf(observed("adopt", "1"))).toContain("adopted list 1");
    expect(messageOf(observed("adopt", "2"))).toContain("was applied in part to list 1");
    expect(messageOf(observed("drift", "1"))).toContain("was applied in part to list 1");
  });
});
