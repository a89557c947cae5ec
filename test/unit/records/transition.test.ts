import { describe, expect, it } from "vitest";
import type { Moved, Removed } from "../../../src/model/config/moved.js";
import {
  formerNamesOf,
  isGivenUp,
  currentName,
  namesOf,
  transitionOf,
  type RecordBlocks,
} from "../../../src/records/transition.js";
import type { ExportState } from "../../../src/state/root/root.js";

/** The record of an export on a list. */
const on = (listId: string, more: Partial<ExportState> = {}): ExportState => ({
  generation: 1,
  definition: { text: "", digest: "", compiled: {} },
  list: { accountId: "brevo:1", listId },
  ...more,
});

const config = (exports: string[], moved: Moved[] = [], removed: Removed[] = []): RecordBlocks => ({
  exports: new Map(exports.map((name) => [name, {}])),
  moved,
  removed,
});

const gone = (name: string, members: Removed["members"] = "keep", share?: number): Removed => ({
  export: name,
  members,
  maxRemovals: share === undefined ? undefined : { count: undefined, share },
});

const left = (name: string, fromList: string): Moved => ({
  export: name,
  fromList,
  toList: "9",
  oldMembers: "remove",
  maxRemovals: { count: 7, share: undefined },
});

const NOTHING = {
  renamed: new Map(),
  united: new Map(),
  refused: new Map(),
  dropped: [],
  leaving: [],
  orphans: [],
  notes: [],
};

describe("without blocks", () => {
  it("nothing becomes of a record that the config has as well", () => {
    expect(transitionOf(config(["a"]), { exports: { a: on("1") } }, undefined)).toEqual(NOTHING);
    expect(transitionOf(config(["a"]), { exports: {} }, [])).toEqual(NOTHING);
  });

  it("a record of which the config says nothing is an orphan, whatever the run is about", () => {
    const root = { exports: { a: on("1"), b: on("2") } };
    expect(transitionOf(config(["a"]), root, ["a"])).toEqual({ ...NOTHING, orphans: ["b"] });
  });
});

describe("another name", () => {
  const moved = [{ from: "a", to: "b" }];

  it("is read as one record that goes on", () => {
    const { renamed, orphans } = transitionOf(config(["b"], moved), { exports: { a: on("1") } }, undefined);
    expect([...renamed]).toEqual([["b", "a"]]);
    expect(orphans).toEqual([]);
  });

  it("waits for a run that is about the export, and is not an orphan meanwhile", () => {
    const root = { exports: { a: on("1") } };
    expect(transitionOf(config(["b", "c"], moved), root, ["c"])).toEqual(NOTHING);
    expect(transitionOf(config(["b", "c"], moved), root, ["b"]).renamed.get("b")).toBe("a");
  });

  it("that leads nowhere in the config leaves an orphan", () => {
    expect(transitionOf(config([], moved), { exports: { a: on("1") } }, undefined).orphans).toEqual(["a"]);
  });

  it("of a second record of the same list makes one of both", () => {
    const root = { exports: { a: on("1"), b: on("1") } };
    const { renamed, united } = transitionOf(config(["b"], moved), root, undefined);
    expect([...renamed]).toEqual([]);
    expect([...united]).toEqual([["b", ["a"]]]);
  });

  it("of several records of one list makes one of all, by the first of them", () => {
    const names = [
      { from: "a", to: "d" },
      { from: "b", to: "d" },
      { from: "c", to: "d" },
    ];
    const root = { exports: { a: on("1"), b: on("1"), c: on("1") } };
    const { renamed, united } = transitionOf(config(["d"], names), root, undefined);
    expect([...renamed]).toEqual([["d", "a"]]);
    expect([...united]).toEqual([["d", ["b", "c"]]]);
  });

  it("is refused where both are recorded on other lists", () => {
    const root = { exports: { a: on("1"), b: on("2") } };
    const { refused, orphans } = transitionOf(config(["b"], moved), root, undefined);
    expect(refused.get("b")?.message).toBe(
      '"a" cannot become "b": both have been applied, to other lists (1 and 2).',
    );
    expect(refused.get("b")?.hint).toContain('`removed: [{export: "a", members: keep}]`');
    // It is said of neither what becomes of its people.
    expect(orphans).toEqual(["a"]);
  });
});

describe("a block that lets go", () => {
  const root = { exports: { a: on("1") } };

  it("drops the record, or has the list emptied first", () => {
    const { dropped, leaving, orphans } = transitionOf(config([], [], [gone("a")]), root, undefined);
    expect(dropped).toEqual([{ name: "a", state: on("1"), maxRemovals: undefined, after: undefined }]);
    expect([leaving, orphans]).toEqual([[], []]);
    const emptied = transitionOf(config([], [], [gone("a", "remove", 1)]), root, undefined);
    expect(emptied.dropped).toEqual([]);
    expect(emptied.leaving).toEqual([
      { name: "a", state: on("1"), maxRemovals: { count: undefined, share: 1 }, after: undefined },
    ]);
  });

  it("waits for a run that is about the export, by either name", () => {
    const blocks = config(["c"], [{ from: "a", to: "b" }], [gone("b")]);
    expect(transitionOf(blocks, root, ["c"])).toEqual(NOTHING);
    for (const target of ["a", "b"])
      expect(transitionOf(blocks, root, [target]).dropped.map(({ name }) => name)).toEqual(["a"]);
  });

  it("of which nothing is recorded is noted", () => {
    expect(transitionOf(config([], [], [gone("a")]), { exports: {} }, undefined)).toEqual({
      ...NOTHING,
      notes: ['Nothing is recorded of "a", which `removed` names.'],
    });
  });

  it.each<[string, RecordBlocks, Record<string, ExportState>]>([
    [
      "another block empties it",
      config([], [], [gone("a"), gone("b", "remove")]),
      { a: on("1"), b: on("1") },
    ],
    [
      "an export is about to leave it",
      config(["b"], [left("b", "1")], [gone("a")]),
      { a: on("1"), b: on("1") },
    ],
    [
      "people of an export that left it are on it still",
      config(["b"], [left("b", "1")], [gone("a")]),
      { a: on("1"), "b/1": on("1") },
    ],
  ])("keeps the people of a list only once %s no more", (_, blocks, exports) => {
    const { dropped, notes } = transitionOf(blocks, { exports }, undefined);
    expect(dropped).toEqual([]);
    expect(notes).toEqual([
      '"a" is let go once those who leave its list are off it, so that its people stay.',
    ]);
  });

  it("keeps people of a list that nobody leaves beside others that are left", () => {
    const exports = { a: on("1"), b: on("2") };
    const { dropped } = transitionOf(
      config([], [], [gone("a"), gone("b", "remove")]),
      { exports },
      undefined,
    );
    expect(dropped.map(({ name }) => name)).toEqual(["a"]);
  });
});

describe("what is left of an export on a list that it has left", () => {
  const exports = {
    b: on("9"),
    "b/1": on("1", { list: { accountId: "brevo:1", listId: "1", name: "Old" } }),
  };

  it.each(["1", "Old"])("leaves by the block that names the list as %s", (fromList) => {
    const { leaving, orphans } = transitionOf(config(["b"], [left("b", fromList)]), { exports }, undefined);
    expect(leaving).toEqual([
      { name: "b/1", state: exports["b/1"], maxRemovals: { count: 7, share: undefined }, after: undefined },
    ]);
    expect(orphans).toEqual([]);
  });

  it.each(["b", "b/1"])("leaves in a run that is about %s", (target) => {
    expect(transitionOf(config(["b"], [left("b", "1")]), { exports }, [target]).leaving).toHaveLength(1);
  });

  it("stays in a run about others, and is not an orphan", () => {
    expect(transitionOf(config(["b", "c"], [left("b", "1")]), { exports }, ["c"])).toEqual(NOTHING);
  });

  it.each<[string, Moved[]]>([
    ["there is no block", []],
    ["the block is about another list", [left("b", "2")]],
    ["the block is about another export", [left("c", "1")]],
    ["the block keeps the people there", [{ ...left("b", "1"), oldMembers: "keep" } as Moved]],
  ])("is an orphan where %s", (_, moved) => {
    expect(transitionOf(config(["b"], moved), { exports }, undefined).orphans).toEqual(["b/1"]);
  });
});

describe("names", () => {
  it("are followed through every block, and a circle ends", () => {
    const moved: Moved[] = [{ from: "a", to: "b" }, left("b", "1"), { from: "b", to: "c" }];
    expect([currentName("a", { moved }), currentName("c", { moved }), currentName("x", { moved })]).toEqual([
      "c",
      "c",
      "x",
    ]);
    const circle = [
      { from: "a", to: "b" },
      { from: "b", to: "a" },
    ];
    expect(currentName("a", { moved: circle })).toBe("a");
  });

  it("are those of the config, of the record, and of lists that may be left", () => {
    const root = { exports: { a: on("1", { formerNames: ["z", "c"] }) } };
    const blocks = config(["b", "c"], [{ from: "a", to: "b" }]);
    expect(namesOf(blocks, root)).toEqual(["b", "c", "a", "b/1"]);
    // What is called so now is not spoken of as what was called so before.
    expect([...formerNamesOf(blocks, root)]).toEqual([["z", "a"]]);
    expect([...formerNamesOf(blocks, { exports: { a: on("1") } })]).toEqual([]);
  });

  it("are let go by blocks about them, about what they are called now, and about lists that they left", () => {
    const blocks = config([], [{ from: "a", to: "b" }, left("c", "1")], [gone("b")]);
    expect(["a", "b", "c/1", "c", "d"].map((name) => isGivenUp(name, blocks))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
