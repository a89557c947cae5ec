import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import type { ExportDrift } from "../../src/model/reports/drift.js";
import { openState } from "../../src/state/store.js";
import { writeProfiles } from "../../bench/profiles.mjs";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

// Many commands a story, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let project: Project;
afterEach(async () => {
  resetClock();
  await project.stop();
});

const at = (name: string): string => `${name}@example.com`;
const rows = (...names: string[]): Row[] =>
  names.map((name) => ({ email: at(name), first_name: name, team: "red" }));
const NONE = { strangers: 0, gone: 0, returned: 0, changed: 0, optedOut: 0, tooRecent: 0, unsettled: 0 };
const found = (drift: Map<string, ExportDrift>, name = "weekly"): ExportDrift => {
  const one = drift.get(name);
  if (one === undefined) throw new Error(`no drift of ${name}`);
  expect(one.error).toBeUndefined();
  return one;
};
const named = async (remote: Remote, list: string): Promise<string[]> =>
  [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();

const EASY = [
  ["brevo", "documented"],
  ["sendgrid", "documented"],
] as const;
const HARD = [
  ["brevo", "pessimistic"],
  ["sendgrid", "pessimistic"],
  ["file", "documented"],
] as const;

describe.each(FULL ? [...EASY, ...HARD] : HARD)("%s, %s", (type, behaviour) => {
  const exportTo = (list: string, more: Yaml = {}): Yaml => ({
    connection: type,
    list,
    segments: ["reds"],
    match: { email: "email" },
    attributes: { firstName: "first_name" },
    ...more,
  });

  // npm test tells each story at one vendor, and the first at files as well.
  if (FULL || type !== "sendgrid")
    it("tells drift from churn, config, lag and the members of another export, and repairs it", async () => {
      project = await openProject({ behaviour });
      const remote = remoteOf(project, type);
      const list = await remote.addList("customers");
      const configure = (where: string): Promise<void> =>
        project.config({
          sources: {
            crm: { type: "files", path: "profiles.csv" },
            other: { type: "files", path: "other.csv" },
          },
          segments: { reds: { source: "crm", where }, others: { source: "other" } },
          exports: {
            weekly: exportTo(list, {
              drift: { removed: "restore" },
              safeguards: { maxRemovals: { share: "100%" } },
            }),
            second: exportTo(list, { segments: ["others"], mode: "upsert" }),
          },
        });
      await configure("team = 'red'");
      const all = rows("same", "gone", "value", "optout", "offandout", "leaver", "churned", "both", "cfg");
      await project.profiles(all);
      await project.profiles(rows("second"), "other.csv");
      expect(found(await project.drift())).toMatchObject({ neverApplied: true, counts: NONE });
      await project.apply();

      // At once: nothing has drifted, and what is missing may only not show yet.
      expect(found(await project.drift()).counts).toMatchObject({ ...NONE, members: 10 });
      await remote.takeOff(at("gone"), list);
      const lag = type === "file" ? 0 : 1;
      expect(found(await project.drift()).counts).toMatchObject({ ...NONE, gone: 1 - lag, tooRecent: lag });
      letTimePass(120);

      await remote.rename(at("value"), "Hand", list);
      await remote.rename(at("both"), "Hand", list);
      await remote.addStranger(at("stranger"), [list]);
      await remote.optOut(at("optout"));
      await remote.optOut(at("offandout"));
      await remote.takeOff(at("offandout"), list);
      await project.profiles(
        all
          .filter(({ email }) => email !== at("leaver"))
          .map((row) =>
            row["email"] === at("churned") || row["email"] === at("both")
              ? { ...row, first_name: "New" }
              : { ...row, team: row["email"] === at("cfg") ? "crimson" : "red" },
          ),
      );
      await configure("team IN ('red')");
      const before = await project.stateFiles();
      const drift = await project.drift();
      expect(found(drift)).toMatchObject({
        counts: { ...NONE, members: 9, strangers: 1, gone: 1, changed: 1, optedOut: 2 },
        fields: [{ attribute: "firstName", count: 1 }],
        compared: 2,
        notCompared: [
          { reason: "left the segments or held back since", count: 2 },
          { reason: "the profile changed since", count: 2 },
        ],
      });
      expect(found(drift).samples).toContainEqual({
        kind: "changed",
        address: "v•••@example.com",
        fields: ["firstName"],
      });
      expect(found(drift, "second").counts).toMatchObject({ ...NONE, strangers: 1 });
      // Looking changes nothing.
      expect(await project.stateFiles()).toEqual(before);
      expect((await project.planOf("weekly")).causes).toMatchObject({
        add: { drift: 0 },
        update: { drift: 0 },
      });

      await project.drift({ record: true });
      expect(found(await project.drift()).counts).toMatchObject({
        ...NONE,
        strangers: 1,
        known: { gone: 1, changed: 1, strangers: 0 },
      });
      const { planned: plan, result } = await project.planAndApply("weekly");
      expect(plan.causes).toEqual({
        add: { config: 0, churn: 0, drift: 1 },
        update: { config: 0, churn: 2, drift: 1 },
        remove: { config: 0, churn: 2, drift: 0 },
      });
      expect(plan.counts.heldBack).toEqual({ "opted out": 2 });
      expect(result).toMatchObject({ added: 1, updated: 3, removed: 2 });
      expect(await named(remote, list)).toEqual(
        ["both", "churned", "gone", "optout", "same", "second", "stranger", "value"].sort(),
      );
      const members = await remote.members(list);
      expect(members.get(at("value"))).toMatchObject({ [remote.firstName]: "value" });
      expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
      letTimePass(240);
      expect(found(await project.drift())).toMatchObject({
        counts: { ...NONE, strangers: 1, known: { gone: 0, changed: 0, strangers: 0 } },
        compared: 5,
      });
    });

  if (FULL || type === "sendgrid")
    it("handles strangers and removed people as each export says", async () => {
      project = await openProject({ behaviour });
      const remote = remoteOf(project, type);
      const lists = {
        kept: await remote.addList("kept"),
        adopting: await remote.addList("adopting"),
        removing: await remote.addList("removing"),
      };
      const configure = (limit: Yaml): Promise<void> =>
        project.config({
          segments: { reds: { source: "crm" } },
          exports: {
            kept: exportTo(lists.kept, { drift: { values: "keep" } }),
            adopting: exportTo(lists.adopting, { strangers: "adopt" }),
            removing: exportTo(lists.removing, { strangers: "remove", safeguards: limit }),
          },
        });
      await configure({});
      await project.profiles(rows("ann", "bob", "carl", "dora"));
      await project.apply();
      letTimePass(120);
      await remote.takeOff(at("ann"), lists.kept);
      // At Brevo and SendGrid the lists share their contacts, so this one changes on all three.
      await remote.rename(at("bob"), "Hand", lists.kept);
      for (const list of [lists.adopting, lists.removing]) {
        await remote.addStranger(at("late"), [list]);
        await remote.addStranger(at("quitter"), [list]);
        await remote.addStranger(at("stranger"), [list]);
      }
      await remote.optOut(at("quitter"));
      const drift = await project.drift({ record: true });
      expect(found(drift, "kept").counts).toMatchObject({ ...NONE, gone: 1, changed: 1 });
      for (const name of ["adopting", "removing"])
        expect(found(drift, name).counts).toMatchObject({ strangers: 3, strangersOptedOut: 1 });

      const kept = await project.planOf("kept");
      expect(kept.counts).toMatchObject({ add: 0, update: 0, heldBack: { "gone at destination": 1 } });
      await project.profiles(rows("ann", "bob", "carl", "dora", "late"));
      const shared = type === "file" ? 0 : 1;
      const adopting = await project.planOf("adopting");
      expect(adopting.counts).toMatchObject({ add: 0, update: 1 + shared, remove: 1, strangerRemovals: 0 });
      expect(adopting.causes.remove.drift).toBe(1);
      expect(adopting.causes.update.drift).toBe(1 + shared);
      const refused = await project.planOf("removing");
      expect(refused.counts).toMatchObject({ add: 0, remove: 1, strangerRemovals: 1 });
      expect(refused.causes.remove).toEqual({ config: 0, churn: 0, drift: 1 });
      expect(refused.checks).toMatchObject([{ name: "max-stranger-removals", status: "failed" }]);
      await configure({ maxStrangerRemovals: { count: 1 } });
      const run = await project.apply();
      expect(run.exports.map(({ name, status, removed }) => [name, status, removed])).toEqual([
        ["kept", "succeeded", 0],
        ["adopting", "succeeded", 1],
        ["removing", "succeeded", 1],
      ]);
      expect(await named(remote, lists.kept)).toEqual(["bob", "carl", "dora", "late"]);
      const others = ["ann", "bob", "carl", "dora", "late", "quitter"];
      expect(await named(remote, lists.adopting)).toEqual(others);
      expect(await named(remote, lists.removing)).toEqual(others);
      for (const { counts } of (await project.plan()).exports)
        expect(counts).toMatchObject({ add: 0, update: 0, remove: 0 });

      // Coming back to the segment brings nobody back whom a person took off.
      await project.profiles(rows("bob", "carl", "dora", "late"));
      await project.apply();
      await project.profiles(rows("ann", "bob", "carl", "dora", "late"));
      expect((await project.planOf("kept")).counts).toMatchObject({
        add: 0,
        heldBack: { "gone at destination": 1 },
      });
      // Unless a person puts them back, too.
      letTimePass(240);
      await remote.addStranger(at("ann"), [lists.kept]);
      expect(found(await project.drift({ record: true, targets: ["kept"] }), "kept").counts).toMatchObject({
        ...NONE,
        returned: 1,
      });
      expect((await project.planOf("kept")).counts).toMatchObject({ add: 0, remove: 0, heldBack: {} });
    });
});

it.each(["adopt", "remove"] as const)(
  "the first run reads the list and handles strangers: %s",
  async (strangers) => {
    project = await openProject();
    const remote = remoteOf(project, "brevo");
    const list = await remote.addList("customers");
    for (const name of ["stranger", "found", "quitter"]) await remote.addStranger(at(name), [list]);
    await remote.optOut(at("quitter"));
    const configure = (safeguards: Yaml): Promise<void> =>
      project.config({
        segments: { all: { source: "crm" } },
        exports: {
          weekly: {
            connection: "brevo",
            list,
            segments: ["all"],
            match: { email: "email" },
            strangers,
            safeguards,
          },
        },
      });
    await configure({});
    await project.profiles(rows("found", "ann", "bob", "carl"));
    const first = await project.planOf("weekly");
    if (strangers === "adopt") {
      expect(first.counts).toMatchObject({ add: 3, remove: 0, found: 1, strangers: 2, adopted: 1 });
      await project.apply();
      expect(await named(remote, list)).toContain("stranger");
      // Only as ours, and under the safeguards, may a mirror remove them.
      const second = await project.planOf("weekly");
      expect(second.counts).toMatchObject({ add: 0, update: 0, remove: 1 });
      expect(second.causes.remove.drift).toBe(1);
    } else {
      expect(first.counts).toMatchObject({ add: 3, remove: 1, found: 1, strangers: 2, strangerRemovals: 1 });
      expect(await project.applyOf("weekly")).toMatchObject({ status: "refused" });
      await configure({ maxStrangerRemovals: { count: 1 } });
    }
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 1 });
    expect(await named(remote, list)).toEqual(["ann", "bob", "carl", "found", "quitter"]);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
    // Found people were taken over by `adopt` only.
    await project.profiles(rows("ann", "bob", "carl"));
    expect((await project.planOf("weekly")).counts.remove).toBe(strangers === "adopt" ? 1 : 0);
  },
);

it("drift reads nothing while a run is unfinished, and only one list when told to", async () => {
  project = await openProject();
  const remote = remoteOf(project, "brevo");
  const lists = [await remote.addList("one"), await remote.addList("two")];
  const exports = Object.fromEntries(
    lists.map((list, index) => [
      `e${index}`,
      { connection: "brevo", list, segments: ["all"], match: { email: "email" }, mode: "upsert" },
    ]),
  );
  await project.config({ segments: { all: { source: "crm" } }, exports });
  await project.profiles(rows("ann"));
  await project.apply();
  letTimePass(120);
  await remote.takeOff(at("ann"), lists[1] ?? "");
  expect([...(await project.drift({ targets: ["e0"] })).keys()]).toEqual(["e0"]);
  const { signal } = new AbortController();
  const state = await openState(new LocalBackend(join(project.folder, ".rollcall")), signal);
  await state.update((root) => {
    for (const account of Object.values(root.accounts)) {
      const changeSet = { name: `changesets/${"0".repeat(64)}`, sha256: "0".repeat(64), bytes: 1 };
      account.openRun = {
        runId: "r1",
        changeSet,
        startedAt: new Date().toISOString(),
        actor: "x",
        exports: [],
      };
    }
  }, signal);
  for (const record of [false, true]) {
    for (const { error } of (await project.drift({ record })).values())
      expect(error).toMatchObject({
        kind: "conflict",
        hint: expect.stringContaining("rollcall apply") as string,
      });
  }
});

if (FULL)
  it.each(["brevo", "sendgrid"] as const)(
    "drift compares a hundred thousand members at %s",
    { timeout: 600_000 },
    async (type) => {
      const people = 100_000;
      project = await openProject();
      const remote = remoteOf(project, type);
      const list = await remote.addList("customers");
      await writeProfiles(join(project.folder, "profiles.csv"), { from: 0, to: people });
      await project.config({
        connections: project.connections({ contract: { contacts: 1_000_000 } }),
        segments: { all: { source: "crm" } },
        exports: {
          weekly: {
            connection: type,
            list,
            segments: ["all"],
            match: { email: "email" },
            createMissing: true,
            attributes: {
              firstName: "first_name",
              phone: { column: "phone", countryColumn: "country" },
              SCORE: { column: "score", type: "number" },
              SINCE: { column: "since", type: "date" },
            },
          },
        },
      });
      await project.apply();
      letTimePass(300);
      expect(found(await project.drift())).toMatchObject({
        counts: { ...NONE, members: people },
        compared: people,
      });
      const members = [...(await remote.members(list)).keys()];
      for (const email of members.slice(0, 700)) await remote.takeOff(email, list);
      for (const email of members.slice(1000, 1900)) await remote.rename(email, "Hand", list);
      for (let index = 0; index < 300; index++) await remote.addStranger(at(`stranger${index}`), [list]);
      const drift = found(await project.drift({ record: true }));
      expect(drift.counts).toMatchObject({
        ...NONE,
        members: people - 400,
        gone: 700,
        changed: 900,
        strangers: 300,
      });
      expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 900, remove: 0 });
    },
  );
