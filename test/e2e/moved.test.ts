import { afterEach, beforeEach, describe, expect } from "vitest";
import type { StateRoot } from "../../src/state/root/root.js";
import { onlyAt } from "../support/full.js";
import { namesOf, numbered } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";
import { openStory, type Story } from "../support/story.js";

describe.each(["brevo", "sendgrid", "file"] as const)("%s", (type) => {
  /** A story in which the record changes and the destination hardly matters. */
  const anywhere = onlyAt(type, "file");
  const atSendgrid = onlyAt(type, "sendgrid");
  const atBrevoAndFile = onlyAt(type, "brevo", "file");
  const atVendors = onlyAt(type, "brevo", "sendgrid");
  let story: Story;
  let other: string;

  beforeEach(async () => {
    story = await openStory(type, { weekly: { attributes: { firstName: "first_name" } } });
    other = await story.remote.addList("clients");
    await story.remote.addStranger("stranger@example.com", [story.list, other], "Stranger");
    await story.profiles(people(1, 12));
  });
  afterEach(() => story.stop());

  const people = (first: number, last: number): Row[] => numbered(first, last, { first_name: "Ann" });
  const config = (exports: Yaml, more: Yaml = {}): Promise<void> => story.config({ exports, ...more });

  const root = async (): Promise<StateRoot> => {
    const files = [...(await story.stateFiles())].filter(([path]) => path.startsWith("root/")).sort();
    return JSON.parse(String(files.at(-1)?.[1])) as StateRoot;
  };
  const writes = (): number =>
    story.exchanges.filter(({ method, path }) => method !== "GET" && !path.includes("/exports")).length;
  /** Of them and of the stranger. */
  const names = (first: number, last: number): string[] =>
    namesOf([...people(first, last).map(({ email }) => String(email)), "stranger@example.com"]);

  anywhere(
    "renames an export without a request, through a chain, with the real difference only",
    async () => {
      await story.configure();
      await story.apply();
      const before = await root();
      await config(
        { newsletter: story.weekly({ mode: "upsert" }) },
        {
          moved: [
            { from: "weekly", to: "digest" },
            { from: "digest", to: "newsletter" },
          ],
        },
      );
      const plan = await story.plan();
      expect(plan.configChanges.map(({ export: name, kind, from }) => [name, kind, from])).toEqual([
        ["newsletter", "renamed", "weekly"],
        ["newsletter", "changed", undefined],
      ]);
      expect(plan.exports[0]).toMatchObject({ counts: { add: 0, update: 0, remove: 0, unchanged: 12 } });
      expect(await root()).toEqual(before);
      const sent = writes();
      expect(await story.applyOf("newsletter")).toMatchObject({ status: "unchanged" });
      expect(writes()).toBe(sent);
      expect(Object.keys((await root()).exports)).toEqual(["newsletter"]);
      const again = await story.plan();
      expect(again.configChanges).toEqual([]);
      expect(again.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 12 });

      // The configuration of before would claim the same people under the old name once more.
      await story.configure();
      expect((await story.planOf("weekly")).error).toMatchObject({ kind: "stale" });
      expect((await rollcall(["apply", "--auto-approve"], { cwd: story.folder })).code).toBe(6);
      await config({ weekly: story.weekly() }, { moved: [{ from: "newsletter", to: "weekly" }] });
      expect(await story.applyOf("weekly")).toMatchObject({ status: "unchanged" });
      expect((await root()).exports["weekly"]?.formerNames).not.toContain("weekly");
    },
  );

  anywhere("shows an orphan, keeps its people, and lets it go either way", async () => {
    await config({ weekly: story.weekly(), daily: story.weekly({ list: other }) });
    await story.apply();
    await config({ daily: story.weekly({ list: other }) });
    const [orphan] = (await story.plan({ targets: ["daily"] })).configChanges;
    expect(orphan).toMatchObject({ export: "weekly", kind: "orphaned" });
    expect(orphan?.hint).toContain('removed: [{export: "weekly", members: keep}]');
    expect(orphan?.hint).toContain('moved: [{from: "weekly", to: NEW-NAME}]');
    await story.apply();
    expect(await story.members()).toEqual(names(1, 12));

    const removed = [{ export: "weekly", members: "keep" }];
    await config({ daily: story.weekly({ list: other }) }, { removed });
    const sent = writes();
    expect((await story.plan()).configChanges).toMatchObject([{ export: "weekly", kind: "removed" }]);
    expect((await story.plan({ targets: ["daily"] })).configChanges).toEqual([]);
    await story.apply({ targets: ["daily"] });
    expect(Object.keys((await root()).exports).sort()).toEqual(["daily", "weekly"]);
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 0 });
    expect(writes()).toBe(sent);
    expect(await story.members()).toEqual(names(1, 12));
    expect(Object.keys((await root()).exports)).toEqual(["daily"]);
    expect(await story.plan()).toMatchObject({
      configChanges: [],
      notes: [expect.stringContaining("weekly")],
    });
  });

  anywhere("people who are to stay do, although another block empties their list", async () => {
    await story.profiles(people(11, 12), "few.csv");
    const more = {
      sources: { crm: { type: "files", path: "profiles.csv" }, small: { type: "files", path: "few.csv" } },
      segments: { all: { source: "crm" }, few: { source: "small" } },
    };
    await config(
      { weekly: story.weekly(), daily: story.weekly({ mode: "upsert", segments: ["few"] }) },
      more,
    );
    await story.apply();
    const removed = [
      { export: "daily", members: "keep" },
      { export: "weekly", members: "remove", maxRemovals: { share: "100%" } },
    ];
    await config({}, { ...more, removed });
    expect((await story.plan()).notes).toContainEqual(expect.stringContaining('"daily" is let go once'));
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 10 });
    expect(await story.applyOf("daily")).toMatchObject({ status: "succeeded", removed: 0 });
    expect(await story.members()).toEqual(names(11, 12));
    expect((await root()).exports).toEqual({});
  });

  atSendgrid("takes off whom we added, and nobody else, once that is allowed", async () => {
    await story.remote.addStranger("p1@example.com", [story.list], "Before");
    await config({ weekly: story.weekly(), daily: story.weekly({ mode: "upsert" }) });
    await story.profiles(people(11, 12), "few.csv");
    await config(
      { weekly: story.weekly(), daily: story.weekly({ mode: "upsert", segments: ["few"] }) },
      {
        sources: {
          crm: { type: "files", path: "profiles.csv" },
          small: { type: "files", path: "few.csv" },
        },
        segments: { all: { source: "crm" }, few: { source: "small" } },
      },
    );
    await story.apply();
    await story.remote.optOut("p2@example.com");
    const gone = (removed: readonly Yaml[]): Promise<void> =>
      config(
        { daily: story.weekly({ mode: "upsert", segments: ["few"] }) },
        {
          sources: { small: { type: "files", path: "few.csv" } },
          segments: { few: { source: "small" } },
          removed,
        },
      );
    await gone([{ export: "weekly", members: "remove" }]);
    const { planned: refused, result } = await story.planAndApply("weekly");
    expect(refused.counts).toMatchObject({ remove: 8 });
    expect(refused.causes.remove).toEqual({ config: 8, churn: 0, drift: 0 });
    expect(refused.checks).toMatchObject([{ name: "max-removals", status: "failed" }]);
    expect(result).toMatchObject({ status: "refused" });
    expect((await root()).exports["weekly"]).toBeDefined();

    await gone([{ export: "weekly", members: "remove", maxRemovals: { count: 8 } }]);
    const run = await story.planAndApply("weekly");
    expect(run.planned.checks).toEqual([]);
    expect(run.result).toMatchObject({ status: "succeeded", removed: 8 });
    // Found before us, opted out, claimed by the other export, and not ours at all.
    expect(await story.members()).toEqual(["p1", "p11", "p12", "p2", "stranger"]);
    expect(Object.keys((await root()).exports)).toEqual(["daily"]);
    const plan = await story.plan();
    expect(plan.configChanges).toEqual([]);
    expect(plan.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0 });
  });

  atBrevoAndFile(
    "moves to another list, where people there already get nothing and others are added",
    async () => {
      for (const row of people(1, 5)) await story.remote.addStranger(String(row["email"]), [other], "Ann");
      await story.configure();
      await story.apply();
      await story.configure({ list: other });
      const refusal = (await story.planOf("weekly")).error;
      expect(refusal).toMatchObject({ kind: "refused" });
      const block = /moved: \[(\{.*?\})\]/.exec(refusal?.hint ?? "")?.[1];
      expect(block).toBe(`{export: weekly, fromList: "${story.list}", toList: "${other}", oldMembers: keep}`);
      const moved = [{ export: "weekly", fromList: story.list, toList: other, oldMembers: "keep" }];
      await story.configure({ list: other }, { moved });
      const { plan, result } = await story.planAndApply("weekly");
      expect(plan.configChanges.map(({ kind }) => kind)).toEqual(["moved", "changed"]);
      // Lines of a file hold nothing that another list would show as well.
      const update = type === "file" ? 5 : 0;
      expect(plan.exports[0]?.counts).toMatchObject({ add: 7, update, remove: 0, strangers: 1 });
      expect(result).toMatchObject({
        status: "succeeded",
        added: 7,
        updated: update,
      });
      expect(await story.members()).toEqual(names(1, 12));
      expect(await story.members(other)).toEqual(names(1, 12));
      expect((await root()).exports["weekly"]).toMatchObject({
        list: { listId: other },
        formerLists: [story.list],
      });
      expect((await root()).exports["weekly"]?.moving).toBeUndefined();
      expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, unchanged: 12 });
      // Whom we found on the new list is not ours to remove.
      await story.profiles(people(4, 12));
      await story.apply();
      expect(await story.members(other)).toEqual(names(1, 12));

      await story.configure();
      expect((await story.planOf("weekly")).error).toMatchObject({ kind: "stale" });
    },
  );

  atVendors("moves to another list and empties the old one of those whom we added", async () => {
    await story.remote.addStranger("p1@example.com", [story.list], "Ann");
    await story.configure();
    await story.apply();
    const moved = [
      { from: "weekly", to: "newsletter" },
      {
        export: "newsletter",
        fromList: story.list,
        toList: other,
        oldMembers: "remove",
        maxRemovals: { share: "100%" },
      },
    ];
    await config({ newsletter: story.weekly({ list: other }) }, { moved });
    const { plan, run } = await story.planAndApply("newsletter");
    expect(plan.exports.map(({ name, counts: { add, remove } }) => [name, add, remove])).toEqual([
      ["newsletter", 12, 0],
      [`newsletter/${story.list}`, 0, 11],
    ]);
    expect(run.exports.map(({ name, status }) => [name, status])).toEqual([
      ["newsletter", "succeeded"],
      [`newsletter/${story.list}`, "succeeded"],
    ]);
    expect(await story.members()).toEqual(["p1", "stranger"]);
    expect(await story.members(other)).toEqual(names(1, 12));
    expect(Object.keys((await root()).exports)).toEqual(["newsletter"]);
    const again = await story.plan();
    expect(again.configChanges).toEqual([]);
    expect(again.exports).toMatchObject([{ counts: { add: 0, update: 0, remove: 0, unchanged: 12 } }]);
  });

  anywhere("protects a list until an apply lifts that by itself", async () => {
    const all = { maxRemovals: { share: "100%" }, allowEmpty: true };
    const safe = (more: Yaml = {}): Yaml => story.weekly({ safeguards: all, ...more });
    await config({ weekly: safe({ protect: true }) });
    await story.apply();
    const refused = async (name = "weekly"): Promise<void> => {
      const { planned, result } = await story.planAndApply(name);
      expect(planned.checks).toMatchObject([{ name: "protected", status: "failed" }]);
      expect(result).toMatchObject({ status: "refused", removed: 0 });
      expect(await story.members()).toEqual(names(1, 12));
    };
    await story.profiles([], "profiles.csv", ["email", "first_name"]);
    await refused();
    await story.profiles(people(1, 5));
    await refused();
    await story.profiles(people(1, 12));
    await config({ weekly: safe() });
    expect((await story.planOf("weekly")).checks).toMatchObject([{ name: "protected", status: "warning" }]);
    await story.profiles(people(1, 5));
    await refused();
    await config({}, { removed: [{ export: "weekly", members: "remove", maxRemovals: { share: "100%" } }] });
    await refused();
    const moved = [{ export: "weekly", fromList: story.list, toList: other, oldMembers: "remove" }];
    await config({ weekly: safe({ list: other }) }, { moved });
    await refused();
    expect((await root()).exports["weekly"]).toMatchObject({ protect: true, list: { listId: story.list } });

    await config({ weekly: safe({ protect: false }) });
    expect((await story.plan()).configChanges).toMatchObject([{ kind: "unprotected" }]);
    await refused();
    expect((await root()).exports["weekly"]?.protect).toBeUndefined();
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 7 });
    expect(await story.members()).toEqual(names(1, 5));
  });

  anywhere("keeps counting an opt-out for the other addresses of people whose claims go", async () => {
    const rows = people(1, 3).map((row, index) => ({ ...row, id: `c${index}` }));
    const match = { email: "email", id: "id" };
    await story.profiles(rows);
    await story.configure({ match });
    await story.apply();
    await story.remote.optOut("p1@example.com");
    await story.apply();
    const moved = [{ export: "weekly", fromList: story.list, toList: other, oldMembers: "keep" }];
    await story.configure({ match, list: other }, { moved });
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 2 });
    await story.profiles([{ ...rows[0], email: "p1.new@example.com" }, ...rows.slice(1)]);
    expect((await story.planOf("weekly")).counts).toMatchObject({
      add: 0,
      heldBack: { "address changed after opt-out": 1 },
    });
    await config({ daily: story.weekly({ match }) }, { removed: [{ export: "weekly", members: "keep" }] });
    await story.apply({ targets: ["weekly"] });
    expect(Object.keys((await root()).exports)).toEqual([]);
    expect((await story.planOf("daily")).counts).toMatchObject({
      add: 0,
      heldBack: { "address changed after opt-out": 1 },
    });
  });

  anywhere("keeps whom an orphan claims on a shared list until it is let go", async () => {
    const few = { segments: { all: { source: "crm" }, few: { source: "crm", where: "email < 'p2'" } } };
    const daily = (mode: string): Yaml => story.weekly({ mode, segments: ["few"] });
    await story.config({
      ...few,
      exports: { weekly: story.weekly({ mode: "upsert" }), daily: daily("mirror") },
    });
    await story.apply();
    await story.config({ ...few, exports: { daily: daily("mirror") } });
    await story.profiles(people(3, 12));
    expect((await story.planAndApply("daily")).planned.counts).toMatchObject({ remove: 0 });
    expect(await story.members()).toEqual(names(1, 12));
    expect((await story.plan()).configChanges).toMatchObject([{ export: "weekly", kind: "orphaned" }]);

    // Nobody leaves for an orphan, not even who is suppressed; but that is said.
    const suppressed = { ...few.segments, blocked: { source: "crm", where: "email < 'p6'" } };
    const more = { segments: suppressed, suppressions: ["blocked"] };
    await story.config({ ...more, exports: { daily: daily("mirror") } });
    expect((await story.plan()).accounts[0]?.checks).toMatchObject([
      expect.objectContaining({ name: "held-by-orphan", status: "warning" }),
      { name: "orphan-suppressed", status: "warning", message: expect.stringMatching(/^6 .*"weekly"/) },
    ]);
    const ended = await rollcall(["plan", "--json", "--detailed-exitcode"], { cwd: story.folder });
    expect(ended.code).toBe(0);
    const shown = ended.events.find(({ type }) => type === "plan")?.["plan"];
    expect(shown).toMatchObject({ configChanges: [{ kind: "changed" }, { kind: "orphaned" }] });
    expect((await rollcall(["plan"], { cwd: story.folder })).stdout).toContain("removed: [{export:");
  });

  anywhere("moves to a list by name, which it makes", async () => {
    await story.configure();
    await story.apply();
    const made = { list: { name: "Clients of ours", create: true } };
    await story.configure(made);
    expect((await story.planOf("weekly")).error?.hint).toContain('toList: "Clients of ours"');
    const moved = [{ export: "weekly", fromList: story.list, toList: "Clients of ours", oldMembers: "keep" }];
    await story.configure(made, { moved });
    const { planned, result } = await story.planAndApply("weekly");
    expect(planned).toMatchObject({ list: { create: true }, counts: { add: 12 } });
    expect(result).toMatchObject({ status: "succeeded", added: 12 });
    const plan = await story.plan();
    expect(plan.configChanges).toEqual([]);
    expect(plan.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 12 });
  });

  anywhere("says what to do where it cannot let go", async () => {
    await story.configure();
    await story.apply();
    // The connection went with the export.
    const { [type]: _, ...others } = story.connections();
    const without = (members: string): Promise<void> =>
      config({}, { connections: others, removed: [{ export: "weekly", members }] });
    await without("remove");
    const {
      planned: { error },
      result,
    } = await story.planAndApply("weekly");
    expect(error).toMatchObject({ kind: "invalid" });
    expect(error?.hint).toContain("members: keep");
    expect(result).toMatchObject({ status: "failed" });
    await without("keep");
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded" });
    expect(Object.keys((await root()).exports)).toEqual([]);
    expect(await story.members()).toEqual(names(1, 12));
  });
});
