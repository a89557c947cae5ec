import { expect, test } from "vitest";
import {
  dropsOf,
  goneOf,
  movesOf,
  type MovingExport,
} from "../../../../src/planner/transition/claims-moves.js";
import type { Transition } from "../../../../src/records/transition.js";
import type { ExportState } from "../../../../src/state/root/root.js";

const still: MovingExport = {
  wanted: { name: "b" },
  renamedFrom: undefined,
  united: [],
  relocation: undefined,
};
const from = { accountId: "brevo:1", listId: "1" };
const keeping = { from, departed: "b/1", oldMembers: "keep" } as const;
const removing = { ...keeping, oldMembers: "remove" } as const;
const renamed = (name: string) => ({ export: name, listId: undefined, becomes: "b" });

test.each<[string, Partial<MovingExport>, ReturnType<typeof movesOf>]>([
  ["that stays as it is do not move", {}, []],
  ["with another name take it", { renamedFrom: "a" }, [renamed("a")]],
  [
    "of several records take the one name",
    { renamedFrom: "a", united: ["c", "d"] },
    ["a", "c", "d"].map(renamed),
  ],
  [
    "of a list that it leaves are dropped where people stay",
    { relocation: keeping },
    [{ export: "b", listId: "1", becomes: undefined }],
  ],
  [
    "of a list that it leaves go on there until people are off it",
    { relocation: removing },
    [{ export: "b", listId: "1", becomes: "b/1" }],
  ],
  [
    "leave the old list under their old names before they take the new one",
    { renamedFrom: "a", united: ["c"], relocation: removing },
    [
      { export: "a", listId: "1", becomes: "b/1" },
      { export: "c", listId: "1", becomes: "b/1" },
      renamed("a"),
      renamed("c"),
    ],
  ],
])("claims of an export %s", (_, more, moves) => {
  expect(movesOf({ ...still, ...more })).toEqual(moves);
});

test("claims of released records are dropped, and only those of this account", () => {
  const leaving = (name: string, accountId: string) => ({
    name,
    state: { list: { accountId, listId: "1" } } as ExportState,
    maxRemovals: undefined,
    after: undefined,
  });
  const transition: Pick<Transition, "dropped"> = {
    dropped: [leaving("a", "brevo:1"), leaving("b", "brevo:2")],
  };
  expect(dropsOf(transition, "brevo:1")).toEqual([{ export: "a", listId: undefined, becomes: undefined }]);
});

test("claims of an export that leaves are gone once everybody is off its list", () => {
  expect(goneOf({ ...still, leaving: false })).toEqual([]);
  expect(goneOf({ ...still, leaving: true })).toEqual([
    { export: "b", listId: undefined, becomes: undefined },
  ]);
});
