import { describe, expect, it } from "vitest";
import type { Removed } from "../../../../src/model/config/moved.js";
import {
  planDocument,
  type PlannedAccount,
  type PlannedExport,
  type PlannedParts,
  type PlanningRun,
} from "../../../../src/planner/describe/plan-document.js";
import type { LastRun, StateRoot } from "../../../../src/state/root/root.js";
import { exportPlan } from "../../../golden/report/values.js";

const list = { accountId: "brevo:1", listId: "7" };
const lastRun: LastRun = {
  id: "r",
  status: "succeeded",
  at: "2026-01-01T00:00:00Z",
  actor: "tester",
  counts: { added: 1, updated: 0, removed: 0, rejected: 0, unknown: 0 },
};
const record = (text: string, more: Partial<StateRoot["exports"][string]> = {}) => ({
  generation: 1,
  definition: { text, digest: text, compiled: {} },
  list,
  lastRun,
  ...more,
});
const config: PlanningRun["config"] = {
  environment: undefined,
  timezone: "UTC",
  disabled: new Set(),
  moved: [],
  removed: [],
  sources: new Map(),
  exports: new Map(["a", "b", "c"].map((name) => [name, {}])),
  approvals: { tolerance: { count: undefined, share: undefined } },
};
const root = { exports: {}, accounts: {} };

type Over = Partial<Omit<PlanningRun, "config" | "state">> & {
  config?: Partial<PlanningRun["config"]>;
  state?: Partial<PlanningRun["state"]>;
};

const run = ({ config: configured, state, ...more }: Over = {}): PlanningRun => ({
  clock: new Date("2026-07-01T06:00:00Z"),
  loadedSources: new Map(),
  reveal: false,
  untrusted: false,
  ...more,
  config: { ...config, ...configured },
  state: { root, lineage: "lineage", ...state },
});

const planned = (name: string, more: Partial<PlannedExport> = {}): PlannedExport => ({
  wanted: { name, protect: undefined },
  applied: undefined,
  renamedFrom: undefined,
  united: [],
  relocation: undefined,
  leaving: false,
  definition: { text: `name: ${name}\n`, digest: `digest of ${name}` },
  plan: exportPlan({ name }),
  ...more,
});

const account = (exports: readonly PlannedExport[], more: Partial<PlannedAccount> = {}): PlannedAccount => ({
  key: "brevo:1",
  open: { connection: { name: "news", type: "brevo" }, account: { id: "1", label: "Acme" } },
  exports,
  addresses: 9,
  added: 2,
  limit: undefined,
  stored: undefined,
  checks: [],
  ...more,
});

const parts = (accounts: readonly PlannedAccount[] = [], more: Partial<PlannedParts> = {}): PlannedParts => ({
  transition: { notes: [], dropped: [], leaving: [], orphans: [] },
  accounts,
  failed: [],
  detached: [],
  ...more,
});

const documentOf = (
  accounts: readonly PlannedAccount[] = [],
  given = run(),
  more: Partial<PlannedParts> = {},
) => planDocument(given, parts(accounts, more), undefined);

describe("a plan", () => {
  it("says when, from what and for whom it was made, and leaves out what is missing", () => {
    const plan = documentOf();
    expect(plan).toMatchObject({
      formatVersion: "1.0",
      createdAt: "2026-07-01T06:00:00.000Z",
      timezone: "UTC",
      lineage: "lineage",
      revealed: false,
      accounts: [],
      exports: [],
      configChanges: [],
    });
    for (const absent of ["environment", "narrowing", "notes", "policies"])
      expect(Object.keys(plan)).not.toContain(absent);
    expect(plan.expect.startsWith(`rc1.${plan.digest.control}.`)).toBe(true);
  });

  it("names its environment and its narrowing", () => {
    const narrowing = { targets: ["a"] };
    const plan = planDocument(run({ config: { environment: "staging" }, reveal: true }), parts(), narrowing);
    expect(plan).toMatchObject({ environment: "staging", narrowing, revealed: true });
  });

  it("has exports in the order of the config, then those without an account and those that are gone", () => {
    const failing = { wanted: { name: "b" }, plan: exportPlan({ name: "b" }) };
    const detached = { plan: { ...exportPlan({ name: "a" }), detached: "No connection." } };
    const plan = documentOf([account([planned("old"), planned("c")])], run(), {
      failed: [failing],
      detached: [detached],
    });
    expect(plan.exports.map(({ name }) => name)).toEqual(["a", "b", "c", "old"]);
  });
});

describe("an account of a plan", () => {
  it("is new until an export to it was applied, and shows how much was requested of it", () => {
    expect(documentOf([account([])]).accounts).toEqual([
      {
        connection: "news",
        type: "brevo",
        id: "1",
        label: "Acme",
        isNew: true,
        addresses: 9,
        limit: undefined,
        added: 2,
        unfinishedRun: undefined,
        checks: [],
      },
    ]);
    const { lastRun: _, ...begun } = record("x");
    const known = (entry: StateRoot["exports"][string]) =>
      documentOf(
        [account([], { stored: 50, limit: 99 })],
        run({ state: { root: { ...root, exports: { x: entry } } } }),
      ).accounts[0];
    expect(known(record("x"))).not.toHaveProperty("isNew");
    expect(known(begun)).toMatchObject({ isNew: true, stored: 50, limit: 99 });
  });

  it("shows a run that did not finish", () => {
    const accounts = { "brevo:1": { openRun: { runId: "r1" } } } as unknown as StateRoot["accounts"];
    const [one] = documentOf([account([])], run({ state: { root: { exports: {}, accounts } } })).accounts;
    expect(one?.unfinishedRun).toBe("r1");
  });
});

describe("notes of a plan", () => {
  const adding = planned("a", { plan: exportPlan({ counts: { ...exportPlan().counts, add: 1 } }) });
  const noted = { transition: { notes: ["Noted."], dropped: [], leaving: [], orphans: [] } };

  it("are taken from the record", () => {
    expect(documentOf([account([adding])], run(), noted).notes).toEqual(["Noted."]);
  });

  it("say why there are no examples, where there would be some", () => {
    const untrusted = run({ untrusted: true });
    expect(documentOf([account([planned("a")])], untrusted).notes).toBeUndefined();
    expect(documentOf([account([adding])], untrusted, noted).notes).toEqual([
      "Noted.",
      expect.stringMatching(/^No examples of people are shown/),
    ]);
  });
});

describe("digests of a plan", () => {
  const one = planned("a");
  const two = planned("b");
  const digestsOf = (exports: readonly PlannedExport[], given = run()) => {
    const { configDigest, digest } = documentOf([account(exports)], given);
    return [configDigest, digest.control];
  };

  it("do not depend on the order of exports in the config", () => {
    expect(digestsOf([two, one])[0]).toBe(digestsOf([one, two])[0]);
  });

  const removed: Removed[] = [{ export: "x", members: "keep", maxRemovals: undefined }];
  it.each<[string, readonly PlannedExport[], PlanningRun]>([
    ["a definition", [planned("a", { definition: { text: "", digest: "other" } })], run()],
    ["a protection", [planned("a", { wanted: { name: "a", protect: true } })], run()],
    ["a block", [one], run({ config: { removed } })],
  ])("differ for config and control by %s", (_, exports, given) => {
    const [configured, control] = digestsOf([one]);
    const [otherConfig, otherControl] = digestsOf(exports, given);
    expect(otherConfig).not.toBe(configured);
    expect(otherControl).not.toBe(control);
  });

  it("differ for control by what was applied before, and not by lineage until something was", () => {
    const controlOf = (given: PlanningRun, applied?: PlannedExport["applied"]) =>
      digestsOf([planned("a", { applied })], given)[1];
    const { lastRun: _, ...begun } = record("a");
    const other = { lineage: "other" };
    const applied = (lineage: string) =>
      run({ state: { lineage, root: { ...root, exports: { a: record("a") } } } });
    expect(controlOf(run({ state: other }))).toBe(controlOf(run()));
    expect(controlOf(run(), begun)).toBe(controlOf(run()));
    expect(controlOf(applied("one"))).not.toBe(controlOf(applied("other")));
    expect(controlOf(run(), record("a"))).not.toBe(controlOf(run(), record("b")));
  });
});

describe("changes of the config", () => {
  const changesOf = (exports: readonly PlannedExport[], given = run(), more: Partial<PlannedParts> = {}) =>
    documentOf([account(exports)], given, more).configChanges;
  const kindsOf = (...given: Parameters<typeof changesOf>) => changesOf(...given).map(({ kind }) => kind);
  const same = record("name: a\n", {
    definition: { text: "name: a\n", digest: "digest of a", compiled: {} },
  });

  it("are none where the definition is the one that was applied", () => {
    expect(changesOf([planned("a", { applied: same })])).toEqual([]);
  });

  it("show the whole of a new export, also of one whose first run was cut off", () => {
    const { lastRun: _, ...begun } = same;
    for (const applied of [undefined, begun]) {
      const [change, ...rest] = changesOf([planned("a", { applied })]);
      expect(change).toMatchObject({ export: "a", kind: "new", diff: expect.stringContaining("+name: a") });
      expect(rest).toEqual([]);
    }
  });

  it("show what differs, without addresses unless they are to be shown", () => {
    const applied = record("where: x = 'anna@example.com'\n");
    const masked = changesOf([planned("a", { applied })]);
    expect(masked).toMatchObject([{ kind: "changed", diff: expect.stringContaining("+name: a") }]);
    expect(masked[0]?.diff.startsWith("--- applied")).toBe(true);
    expect(masked[0]?.diff).not.toContain("anna@example.com");
    const [open] = changesOf([planned("a", { applied })], run({ reveal: true }));
    expect(open?.diff).toContain("-where: x = 'anna@example.com'");
  });

  it("name every record that an export goes on with", () => {
    const changes = changesOf([planned("a", { applied: same, renamedFrom: "x", united: ["y"] })]);
    expect(changes).toEqual([
      { export: "a", kind: "renamed", from: "x", diff: "" },
      { export: "a", kind: "renamed", from: "y", diff: "" },
    ]);
  });

  it.each([
    ["keep", "the people stay on the old list"],
    ["remove", "those whom we added come off the old list"],
  ] as const)("show what becomes of people on an old list: %s", (oldMembers, detail) => {
    const relocation = { from: list, departed: "a/7", oldMembers };
    expect(changesOf([planned("a", { applied: same, relocation })])).toEqual([
      { export: "a", kind: "moved", from: "7", diff: "", detail },
    ]);
  });

  it.each<[boolean | undefined, boolean | undefined, string[]]>([
    [undefined, undefined, []],
    [true, undefined, []],
    [undefined, true, ["protected"]],
    [false, true, ["protected"]],
    [true, true, []],
    [true, false, ["unprotected"]],
    [undefined, false, []],
  ])("show a protection that was %s and becomes %s: %j", (was, protect, kinds) => {
    const applied = { ...same, ...(was === undefined ? {} : { protect: was }) };
    expect(kindsOf([planned("a", { applied, wanted: { name: "a", protect } })])).toEqual(kinds);
    // Of what is not recorded nothing is protected or lifted beside it.
    expect(kindsOf([planned("a", { wanted: { name: "a", protect } })])).toEqual(["new"]);
  });

  const going = (name: string) => ({ name, state: record(name), maxRemovals: undefined, after: undefined });
  const transition = { notes: [], dropped: [], leaving: [], orphans: [] };

  it("show what becomes of the people of dropped records", () => {
    const more = { transition: { ...transition, dropped: [going("x")], leaving: [going("y")] } };
    expect(changesOf([planned("y", { leaving: true })], run(), more)).toEqual([
      { export: "x", kind: "removed", diff: "", detail: "its people stay on list 7" },
      { export: "y", kind: "removed", diff: "", detail: "those whom we added come off list 7" },
    ]);
  });

  it("mention people who leave with their export once, and nothing that failed", () => {
    const relocation = { from: list, departed: "a/7", oldMembers: "remove" } as const;
    const more = {
      transition: { ...transition, leaving: [going("a/7"), going("y")] },
      failed: [{ wanted: { name: "y" }, plan: exportPlan({ name: "y" }) }],
    };
    expect(kindsOf([planned("a", { applied: same, relocation })], run(), more)).toEqual(["moved"]);
  });

  it("show an orphan with a possible block, and only orphans of the record", () => {
    const orphans = { transition: { ...transition, orphans: ["x", "not recorded"] } };
    const given = run({ state: { root: { ...root, exports: { x: record("name: x\n") } } } });
    expect(changesOf([], given, orphans)).toEqual([
      {
        export: "x",
        kind: "orphaned",
        diff: expect.stringContaining("-name: x"),
        detail: "its people stay on list 7 and are still claimed",
        hint: expect.stringContaining('removed: [{export: "x", members: keep}]'),
      },
    ]);
  });
});
