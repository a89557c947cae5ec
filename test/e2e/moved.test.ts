import { afterEach, beforeEach, describe, expect } from "vitest";
import type { StateRoot } from "../../src/state/root/root.js";
import { onlyAt } from "../support/full.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";

describe.each(["brevo", "sendgrid", "file"] as const)("%s", (connection) => {
  /** A story in which the record changes and the destination hardly matters. */
  const anywhere = onlyAt(connection, "file");
  const atSendgrid = onlyAt(connection, "sendgrid");
  const atBrevoAndFile = onlyAt(connection, "brevo", "file");
  const atVendors = onlyAt(connection, "brevo", "sendgrid");
  let project: Project;
  let remote: Remote;
  let list: string;
  let other: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, connection);
    list = await remote.addList("customers");
    other = await remote.addList("clients");
    await remote.addStranger("stranger@example.com", [list, other], "Stranger");
    await project.profiles(people(1, 12));
  });
  afterEach(() => project.stop());

  const people = (first: number, last: number): Row[] =>
    Array.from({ length: last - first + 1 }, (_, index) => ({
      email: `p${first + index}@example.com`,
      first_name: "Ann",
    }));

  const weekly = (more: Yaml = {}): Yaml => ({
    connection,
    list,
    segments: ["all"],
    match: { email: "email" },
    attributes: { firstName: "first_name" },
    ...more,
  });
  const config = (exports: Yaml, more: Yaml = {}): Promise<void> =>
    project.config({ segments: { all: { source: "crm" } }, exports, ...more });

  const root = async (): Promise<StateRoot> => {
    const files = [...(await project.stateFiles())].filter(([path]) => path.startsWith("root/")).sort();
    return JSON.parse(String(files.at(-1)?.[1])) as StateRoot;
  };
  const writes = (): number =>
    project.exchanges.filter(({ method, path }) => method !== "GET" && !path.includes("/exports")).length;
  const on = async (id: string): Promise<string[]> => {
    await project.sandbox.settle();
    return [...(await remote.members(id)).keys()].sort();
  };
  const addresses = (first: number, last: number): string[] =>
    [...people(first, last).map(({ email }) => String(email)), "stranger@example.com"].sort();

  anywhere(
    "renames an export without a request, through a chain, with the real difference only",
    async () => {
      await config({ weekly: weekly() });
      await project.apply();
      const before = await root();
      await config(
        { newsletter: weekly({ mode: "upsert" }) },
        {
          moved: [
            { from: "weekly", to: "digest" },
            { from: "digest", to: "newsletter" },
          ],
        },
      );
      const plan = await project.plan();
      expect(plan.configChanges.map(({ export: name, kind, from }) => [name, kind, from])).toEqual([
        ["newsletter", "renamed", "weekly"],
        ["newsletter", "changed", undefined],
      ]);
      expect(plan.exports[0]).toMatchObject({ counts: { add: 0, update: 0, remove: 0, unchanged: 12 } });
      expect(await root()).toEqual(before);
      const sent = writes();
      expect(await project.applyOf("newsletter")).toMatchObject({ status: "unchanged" });
      expect(writes()).toBe(sent);
      expect(Object.keys((await root()).exports)).toEqual(["newsletter"]);
      const again = await project.plan();
      expect(again.configChanges).toEqual([]);
      expect(again.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 12 });

      // The configuration of before would claim the same people under the old name once more.
      await config({ weekly: weekly() });
      expect((await project.planOf("weekly")).error).toMatchObject({ kind: "stale" });
      expect((await rollcall(["apply", "--auto-approve"], { cwd: project.folder })).code).toBe(6);
      await config({ weekly: weekly() }, { moved: [{ from: "newsletter", to: "weekly" }] });
      expect(await project.applyOf("weekly")).toMatchObject({ status: "unchanged" });
      expect((await root()).exports["weekly"]?.formerNames).not.toContain("weekly");
    },
  );

  anywhere("shows an orphan, keeps its people, and lets it go either way", async () => {
    await config({ weekly: weekly(), daily: weekly({ list: other }) });
    await project.apply();
    await config({ daily: weekly({ list: other }) });
    const [orphan] = (await project.plan({ targets: ["daily"] })).configChanges;
    expect(orphan).toMatchObject({ export: "weekly", kind: "orphaned" });
    expect(orphan?.hint).toContain('removed: [{export: "weekly", members: keep}]');
    expect(orphan?.hint).toContain('moved: [{from: "weekly", to: NEW-NAME}]');
    await project.apply();
    expect(await on(list)).toEqual(addresses(1, 12));

    const removed = [{ export: "weekly", members: "keep" }];
    await config({ daily: weekly({ list: other }) }, { removed });
    const sent = writes();
    expect((await project.plan()).configChanges).toMatchObject([{ export: "weekly", kind: "removed" }]);
    expect((await project.plan({ targets: ["daily"] })).configChanges).toEqual([]);
    await project.apply({ targets: ["daily"] });
    expect(Object.keys((await root()).exports).sort()).toEqual(["daily", "weekly"]);
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 0 });
    expect(writes()).toBe(sent);
    expect(await on(list)).toEqual(addresses(1, 12));
    expect(Object.keys((await root()).exports)).toEqual(["daily"]);
    expect(await project.plan()).toMatchObject({
      configChanges: [],
      notes: [expect.stringContaining("weekly")],
    });
  });

  anywhere("people who are to stay do, although another block empties their list", async () => {
    await project.profiles(people(11, 12), "few.csv");
    const more = {
      sources: { crm: { type: "files", path: "profiles.csv" }, small: { type: "files", path: "few.csv" } },
      segments: { all: { source: "crm" }, few: { source: "small" } },
    };
    await config({ weekly: weekly(), daily: weekly({ mode: "upsert", segments: ["few"] }) }, more);
    await project.apply();
    const removed = [
      { export: "daily", members: "keep" },
      { export: "weekly", members: "remove", maxRemovals: { share: "100%" } },
    ];
    await config({}, { ...more, removed });
    expect((await project.plan()).notes).toContainEqual(expect.stringContaining('"daily" is let go once'));
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 10 });
    expect(await project.applyOf("daily")).toMatchObject({ status: "succeeded", removed: 0 });
    expect(await on(list)).toEqual(addresses(11, 12));
    expect((await root()).exports).toEqual({});
  });

  atSendgrid("takes off whom we added, and nobody else, once that is allowed", async () => {
    await remote.addStranger("p1@example.com", [list], "Before");
    await config({ weekly: weekly(), daily: weekly({ mode: "upsert" }) });
    await project.profiles(people(11, 12), "few.csv");
    await config(
      { weekly: weekly(), daily: weekly({ mode: "upsert", segments: ["few"] }) },
      {
        sources: {
          crm: { type: "files", path: "profiles.csv" },
          small: { type: "files", path: "few.csv" },
        },
        segments: { all: { source: "crm" }, few: { source: "small" } },
      },
    );
    await project.apply();
    await remote.optOut("p2@example.com");
    const gone = (removed: readonly Yaml[]): Promise<void> =>
      config(
        { daily: weekly({ mode: "upsert", segments: ["few"] }) },
        {
          sources: { small: { type: "files", path: "few.csv" } },
          segments: { few: { source: "small" } },
          removed,
        },
      );
    await gone([{ export: "weekly", members: "remove" }]);
    const refused = await project.planOf("weekly");
    expect(refused.counts).toMatchObject({ remove: 8 });
    expect(refused.causes.remove).toEqual({ config: 8, churn: 0, drift: 0 });
    expect(refused.checks).toMatchObject([{ name: "max-removals", status: "failed" }]);
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused" });
    expect((await root()).exports["weekly"]).toBeDefined();

    await gone([{ export: "weekly", members: "remove", maxRemovals: { count: 8 } }]);
    expect((await project.planOf("weekly")).checks).toEqual([]);
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 8 });
    // Found before us, opted out, claimed by the other export, and not ours at all.
    expect(await on(list)).toEqual(
      ["p1", "p2", "p11", "p12", "stranger"].map((name) => `${name}@example.com`).sort(),
    );
    expect(Object.keys((await root()).exports)).toEqual(["daily"]);
    const plan = await project.plan();
    expect(plan.configChanges).toEqual([]);
    expect(plan.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0 });
  });

  atBrevoAndFile(
    "moves to another list, where people there already get nothing and others are added",
    async () => {
      for (const row of people(1, 5)) await remote.addStranger(String(row["email"]), [other], "Ann");
      await config({ weekly: weekly() });
      await project.apply();
      await config({ weekly: weekly({ list: other }) });
      const refusal = (await project.planOf("weekly")).error;
      expect(refusal).toMatchObject({ kind: "refused" });
      const block = /moved: \[(\{.*?\})\]/.exec(refusal?.hint ?? "")?.[1];
      expect(block).toBe(`{export: weekly, fromList: "${list}", toList: "${other}", oldMembers: keep}`);
      const moved = [{ export: "weekly", fromList: list, toList: other, oldMembers: "keep" }];
      await config({ weekly: weekly({ list: other }) }, { moved });
      const plan = await project.plan();
      expect(plan.configChanges.map(({ kind }) => kind)).toEqual(["moved", "changed"]);
      // Lines of a file hold nothing that another list would show as well.
      const update = connection === "file" ? 5 : 0;
      expect(plan.exports[0]?.counts).toMatchObject({ add: 7, update, remove: 0, strangers: 1 });
      expect(await project.applyOf("weekly")).toMatchObject({
        status: "succeeded",
        added: 7,
        updated: update,
      });
      expect(await on(list)).toEqual(addresses(1, 12));
      expect(await on(other)).toEqual(addresses(1, 12));
      expect((await root()).exports["weekly"]).toMatchObject({
        list: { listId: other },
        formerLists: [list],
      });
      expect((await root()).exports["weekly"]?.moving).toBeUndefined();
      expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, unchanged: 12 });
      // Whom we found on the new list is not ours to remove.
      await project.profiles(people(4, 12));
      await project.apply();
      expect(await on(other)).toEqual(addresses(1, 12));

      await config({ weekly: weekly() });
      expect((await project.planOf("weekly")).error).toMatchObject({ kind: "stale" });
    },
  );

  atVendors("moves to another list and empties the old one of those whom we added", async () => {
    await remote.addStranger("p1@example.com", [list], "Ann");
    await config({ weekly: weekly() });
    await project.apply();
    const moved = [
      { from: "weekly", to: "newsletter" },
      {
        export: "newsletter",
        fromList: list,
        toList: other,
        oldMembers: "remove",
        maxRemovals: { share: "100%" },
      },
    ];
    await config({ newsletter: weekly({ list: other }) }, { moved });
    const plan = await project.plan();
    expect(plan.exports.map(({ name, counts: { add, remove } }) => [name, add, remove])).toEqual([
      ["newsletter", 12, 0],
      [`newsletter/${list}`, 0, 11],
    ]);
    const { exports } = await project.apply();
    expect(exports.map(({ name, status }) => [name, status])).toEqual([
      ["newsletter", "succeeded"],
      [`newsletter/${list}`, "succeeded"],
    ]);
    expect(await on(list)).toEqual(["p1@example.com", "stranger@example.com"]);
    expect(await on(other)).toEqual(addresses(1, 12));
    expect(Object.keys((await root()).exports)).toEqual(["newsletter"]);
    const again = await project.plan();
    expect(again.configChanges).toEqual([]);
    expect(again.exports).toMatchObject([{ counts: { add: 0, update: 0, remove: 0, unchanged: 12 } }]);
  });

  anywhere("protects a list until an apply lifts that by itself", async () => {
    const all = { maxRemovals: { share: "100%" }, allowEmpty: true };
    const safe = (more: Yaml = {}): Yaml => weekly({ safeguards: all, ...more });
    await config({ weekly: safe({ protect: true }) });
    await project.apply();
    const refused = async (name = "weekly"): Promise<void> => {
      const plan = await project.planOf(name);
      expect(plan.checks).toMatchObject([{ name: "protected", status: "failed" }]);
      const result = (await project.apply()).exports.find((one) => one.name === name);
      expect(result).toMatchObject({ status: "refused", removed: 0 });
      expect(await on(list)).toEqual(addresses(1, 12));
    };
    await project.profiles([], "profiles.csv", ["email", "first_name"]);
    await refused();
    await project.profiles(people(1, 5));
    await refused();
    await project.profiles(people(1, 12));
    await config({ weekly: safe() });
    expect((await project.planOf("weekly")).checks).toMatchObject([{ name: "protected", status: "warning" }]);
    await project.profiles(people(1, 5));
    await refused();
    await config({}, { removed: [{ export: "weekly", members: "remove", maxRemovals: { share: "100%" } }] });
    await refused();
    const moved = [{ export: "weekly", fromList: list, toList: other, oldMembers: "remove" }];
    await config({ weekly: safe({ list: other }) }, { moved });
    await refused();
    expect((await root()).exports["weekly"]).toMatchObject({ protect: true, list: { listId: list } });

    await config({ weekly: safe({ protect: false }) });
    expect((await project.plan()).configChanges).toMatchObject([{ kind: "unprotected" }]);
    await refused();
    expect((await root()).exports["weekly"]?.protect).toBeUndefined();
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 7 });
    expect(await on(list)).toEqual(addresses(1, 5));
  });

  anywhere("keeps counting an opt-out for the other addresses of people whose claims go", async () => {
    const rows = people(1, 3).map((row, index) => ({ ...row, id: `c${index}` }));
    const match = { email: "email", id: "id" };
    await project.profiles(rows);
    await config({ weekly: weekly({ match }) });
    await project.apply();
    await remote.optOut("p1@example.com");
    await project.apply();
    const moved = [{ export: "weekly", fromList: list, toList: other, oldMembers: "keep" }];
    await config({ weekly: weekly({ match, list: other }) }, { moved });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 2 });
    await project.profiles([{ ...rows[0], email: "p1.new@example.com" }, ...rows.slice(1)]);
    expect((await project.planOf("weekly")).counts).toMatchObject({
      add: 0,
      heldBack: { "address changed after opt-out": 1 },
    });
    await config({ daily: weekly({ match }) }, { removed: [{ export: "weekly", members: "keep" }] });
    await project.apply({ targets: ["weekly"] });
    expect(Object.keys((await root()).exports)).toEqual([]);
    expect((await project.planOf("daily")).counts).toMatchObject({
      add: 0,
      heldBack: { "address changed after opt-out": 1 },
    });
  });

  anywhere("keeps whom an orphan claims on a shared list until it is let go", async () => {
    const few = { segments: { all: { source: "crm" }, few: { source: "crm", where: "email < 'p2'" } } };
    const daily = (mode: string): Yaml => weekly({ mode, segments: ["few"] });
    await project.config({ ...few, exports: { weekly: weekly({ mode: "upsert" }), daily: daily("mirror") } });
    await project.apply();
    await project.config({ ...few, exports: { daily: daily("mirror") } });
    await project.profiles(people(3, 12));
    expect((await project.planOf("daily")).counts).toMatchObject({ remove: 0 });
    await project.apply();
    expect(await on(list)).toEqual(addresses(1, 12));
    expect((await project.plan()).configChanges).toMatchObject([{ export: "weekly", kind: "orphaned" }]);

    // Nobody leaves for an orphan, not even who is suppressed; but that is said.
    const suppressed = { ...few.segments, blocked: { source: "crm", where: "email < 'p6'" } };
    const more = { segments: suppressed, suppressions: ["blocked"] };
    await project.config({ ...more, exports: { daily: daily("mirror") } });
    expect((await project.plan()).accounts[0]?.checks).toMatchObject([
      expect.objectContaining({ name: "held-by-orphan", status: "warning" }),
      { name: "orphan-suppressed", status: "warning", message: expect.stringMatching(/^6 .*"weekly"/) },
    ]);
    const ended = await rollcall(["plan", "--json", "--detailed-exitcode"], { cwd: project.folder });
    expect(ended.code).toBe(0);
    const shown = ended.events.find(({ type }) => type === "plan")?.["plan"];
    expect(shown).toMatchObject({ configChanges: [{ kind: "changed" }, { kind: "orphaned" }] });
    expect((await rollcall(["plan"], { cwd: project.folder })).stdout).toContain("removed: [{export:");
  });

  anywhere("moves to a list by name, which it makes", async () => {
    await config({ weekly: weekly() });
    await project.apply();
    const made = { list: { name: "Clients of ours", create: true } };
    await config({ weekly: weekly(made) });
    expect((await project.planOf("weekly")).error?.hint).toContain('toList: "Clients of ours"');
    const moved = [{ export: "weekly", fromList: list, toList: "Clients of ours", oldMembers: "keep" }];
    await config({ weekly: weekly(made) }, { moved });
    expect(await project.planOf("weekly")).toMatchObject({ list: { create: true }, counts: { add: 12 } });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 12 });
    const plan = await project.plan();
    expect(plan.configChanges).toEqual([]);
    expect(plan.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 12 });
  });

  anywhere("says what to do where it cannot let go", async () => {
    await config({ weekly: weekly() });
    await project.apply();
    // The connection went with the export.
    const { [connection]: _, ...others } = project.connections();
    const without = (members: string): Promise<void> =>
      config({}, { connections: others, removed: [{ export: "weekly", members }] });
    await without("remove");
    const { error } = await project.planOf("weekly");
    expect(error).toMatchObject({ kind: "invalid" });
    expect(error?.hint).toContain("members: keep");
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed" });
    await without("keep");
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded" });
    expect(Object.keys((await root()).exports)).toEqual([]);
    expect(await on(list)).toEqual(addresses(1, 12));
  });
});
