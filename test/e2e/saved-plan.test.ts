import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan/plan.js";
import type { PlanFile } from "../../src/model/plan/plan-file.js";
import type { ExportResult } from "../../src/model/run/run.js";
import { forget } from "../../src/usecases/forget.js";
import { plan } from "../../src/usecases/plan.js";
import { parsePlanFile, readPlanFile } from "../../src/approvals/saved-plan/plan-file.js";
import { keepBeginning } from "../support/beginning.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL, onlyAt } from "../support/full.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { openStory, type Story, type StoryOptions } from "../support/story.js";

const never = new AbortController().signal;

async function save(project: Project, targets: readonly string[] = [], identity?: string): Promise<PlanFile> {
  const { file, diagnostics } = await plan({
    cwd: project.folder,
    targets,
    save: { base: undefined },
    identity,
    emit: (event) => project.events.push(event),
    signal: never,
  });
  if (file === undefined) throw new Error(`no plan: ${JSON.stringify(diagnostics)}`);
  // As a file has it.
  return parsePlanFile(JSON.stringify(file), "plan.json");
}

const EVERYWHERE = FULL ? (["brevo", "sendgrid", "file"] as const) : (["brevo", "sendgrid"] as const);

describe.each(EVERYWHERE)("%s: a saved plan", (type) => {
  let story: Story;
  let other: string;
  let otherOfApplied: string;
  const some = onlyAt(type, "brevo");

  const options: StoryOptions = {
    weekly: {
      match: { email: "email", id: "id" },
      attributes: { firstName: "name", HOBBY: { column: "hobby", type: "text" } },
      createMissing: true,
      safeguards: { maxRemovals: { share: "100%" } },
    },
    person: (name) => ({
      email: `${name}.canary@example.com`,
      id: name,
      name,
      hobby: "chess",
      vip: name.startsWith("v"),
    }),
  };
  const prepare = async (one: Story): Promise<void> => {
    story = one;
    other = await one.remote.addList("others");
    await one.write("forget.key", "canary-forget-key-0123456789abcdef");
    await configure();
  };
  const open = async (): Promise<void> => prepare(await openStory(type, options));
  /** Where Ann, who is all there is, was put on the list. */
  const goOnApplied = keepBeginning(type, options, async (one) => {
    await prepare(one);
    otherOfApplied = other;
    await one.people("ann");
    await one.apply();
  });
  const openApplied = async (): Promise<void> => {
    story = await goOnApplied();
    other = otherOfApplied;
  };

  afterEach(async () => {
    resetClock();
    await story.stop();
  });

  const configure = (more: Yaml = {}, exports: Yaml = {}): Promise<void> =>
    story.config({
      forget: { key: { file: "forget.key" } },
      segments: { all: { source: "crm" }, vips: { source: "crm", where: "vip" } },
      exports: {
        weekly: story.weekly(more),
        vips: { connection: type, list: other, segments: ["vips"], match: { email: "email", id: "id" } },
        ...exports,
      },
    });
  const names = async (of = story.list): Promise<string[]> =>
    (await story.members(of)).map((name) => name.split(".")[0] ?? "");
  const applyPlan = async (saved: PlanFile): Promise<Map<string, ExportResult>> =>
    new Map((await story.apply({ saved })).exports.map((one) => [one.name, one]));

  some("is applied as it is, whatever the sources say by now, and once", async () => {
    await open();
    await story.people("ann", "bob", "vic");
    const first = await save(story);
    expect(JSON.stringify(first)).not.toContain(".canary@");
    await story.people("carl");

    expect((await applyPlan(first)).get("weekly")).toMatchObject({ status: "succeeded", added: 3 });
    expect(await names()).toEqual(["ann", "bob", "vic"]);
    expect(await names(other)).toEqual(["vic"]);
    if (type !== "file")
      expect((await story.remote.members(story.list)).get("ann.canary@example.com")).toMatchObject({
        [story.remote.firstName]: "ann",
      });
    await expect(story.apply({ saved: first })).rejects.toMatchObject({
      kind: "stale",
      message: expect.stringContaining("has been applied") as string,
    });

    await story.people("ann", "carl", "vic");
    const second = await save(story);
    await story.people("zoe");
    expect((await applyPlan(second)).get("weekly")).toMatchObject({ added: 1, removed: 1 });
    expect(await names()).toEqual(["ann", "carl", "vic"]);
    await story.people("ann", "carl", "vic");
    await story.mustBeSettled();
  });

  onlyAt(
    type,
    "brevo",
    "sendgrid",
  )("leaves out who opted out since, whatever their address", async () => {
    await open();
    if (type === "file") return;
    await story.people("ann", "bob", "carl", "dora");
    await story.remote.addStranger("carl.old@example.com", []);
    await story.remote.addStranger("bob.canary@example.com", []);
    await story.write(
      "profiles.csv",
      `${await story.read("profiles.csv")}carl.old@example.com,carl,carl,chess,false\n`,
    );
    const saved = await save(story, ["weekly"]);
    await story.remote.optOut("bob.canary@example.com");
    await story.remote.optOut("carl.old@example.com");
    const { weekly: result } = Object.fromEntries(await applyPlan(saved));
    expect(result).toMatchObject({ status: "succeeded", added: 2 });
    expect(await names()).toEqual(["ann", "dora"]);
    expect(await story.remote.optedOut("bob.canary@example.com")).toBe(true);
    expect(story.events).toContainEqual(
      expect.objectContaining({
        type: "warning",
        message:
          "3 people opted out, were taken off by others or were forgotten since the plan was made: held back.",
      }),
    );
    await story.mustBeSettled();
  });

  some("is stale once somebody in it was forgotten", async () => {
    await open();
    await story.people("ann", "bob");
    const saved = await save(story);
    await forget({
      cwd: story.folder,
      input: { words: ["bob.canary@example.com"], file: undefined, stdin: undefined },
      deleting: false,
      dryRun: false,
      emit: () => undefined,
      signal: never,
      approve: () => Promise.resolve(true),
      actor: "tester",
    });
    await expect(story.apply({ saved })).rejects.toMatchObject({ kind: "stale" });
    expect(await names()).toEqual([]);
  });

  some("is refused when consent was withdrawn since", async () => {
    await open();
    await story.people("ann");
    const saved = await save(story);
    const connections = story.connections();
    const withdrawn = { agreed: false, by: "Anna Example", on: "2026-11-02" };
    const yaml = JSON.parse(await story.read("exports.config.yaml")) as Yaml;
    await story.config({
      ...yaml,
      connections: { [type]: { ...connections[type], dataPrivacy: withdrawn } },
    });
    for (const result of (await applyPlan(saved)).values())
      expect(result).toMatchObject({ added: 0, removed: 0 });
    expect(await names()).toEqual([]);
  });

  some(
    "of somebody who may not use the connection can be applied by an admin, and by nobody else",
    async () => {
      await open();
      const yaml = JSON.parse(await story.read("exports.config.yaml")) as Yaml;
      await story.config({ ...yaml, roles: { admins: ["github:anna"], contributors: ["github:ben"] } });
      await story.people("ann", "vic");
      const saved = await save(story, [], "github:ben");
      const refused = await story.apply({ saved, identity: "github:ben" });
      expect(refused.exports.map(({ status }) => status)).toEqual(["refused", "refused"]);
      expect(await names()).toEqual([]);
      const sent = await story.apply({ saved, identity: "github:anna" });
      expect(sent.exports.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
      expect(await names()).toEqual(["ann", "vic"]);
    },
  );

  some("is stale for those exports alone whose ground has moved", async () => {
    await openApplied();
    await story.people("ann", "bob", "vic");
    const saved = await save(story);
    await story.apply({ targets: ["vips"] });
    const mixed = await applyPlan(saved);
    expect(mixed.get("vips")).toMatchObject({ status: "failed", error: { kind: "stale" } });
    expect(mixed.get("weekly")).toMatchObject({ status: "succeeded", added: 2 });

    await story.people("ann", "vic", "val");
    const next = await save(story);
    await configure({ mode: "upsert" });
    const changed = await applyPlan(next);
    expect(changed.get("weekly")?.error?.message).toContain("its configuration has changed since");
    expect(changed.get("vips")).toMatchObject({ status: "succeeded", added: 1 });
  });

  const persons = { match: { email: "email", id: "id" } };
  const careful = (more: Yaml, rest: Yaml = {}): Promise<void> =>
    story.config({
      segments: {
        all: { source: "crm", ...(rest.exclude === undefined ? {} : { exclude: rest.exclude }) },
        blocked: { addresses: "blocked.txt" },
      },
      ...(rest.suppressions === undefined ? {} : { suppressions: rest.suppressions }),
      exports: { weekly: { ...story.weekly(more), attributes: {} }, plain: plain() },
    });
  const plain = (): Yaml => ({ connection: type, list: other, segments: ["all"], ...persons });
  const rows = (...who: readonly (readonly [email: string, id: string, ok?: string])[]): Promise<void> =>
    story.profiles(who.map(([email, id, ok = "true"]) => ({ email: `${email}.canary@example.com`, id, ok })));
  const blocked = (...who: string[]): Promise<void> =>
    story.write("blocked.txt", who.map((one) => `${one}.canary@example.com\n`).join(""));
  const warnings = (): string[] =>
    story.events.flatMap((event) => (event.type === "warning" ? [event.message] : []));

  some("leaves out who was suppressed since, with whatever address", async () => {
    await open();
    await careful({}, { suppressions: ["blocked"] });
    await blocked("nobody");
    await rows(["ann", "1"], ["bob", "2"], ["carl", "3"], ["dora", "4"]);
    const saved = await save(story, ["weekly"]);
    await rows(["ann", "1"], ["bob.new", "2"], ["carl", "3"], ["carl.old", "3"], ["dora", "4"]);
    await blocked("nobody", "ann", "bob.new", "carl.old");
    expect((await applyPlan(saved)).get("weekly")).toMatchObject({ status: "succeeded", added: 1 });
    expect(await names()).toEqual(["dora"]);
    expect(warnings()).toContain(
      "3 people held back by what your data says since the plan was made: 3 are suppressed.",
    );
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
  });

  some("leaves out who does not consent any more, or cannot be asked", async () => {
    await open();
    await careful({ consent: "ok" });
    await rows(["ann", "1"], ["bob", "2"], ["carl", "3"], ["dora", "4"]);
    const saved = await save(story, ["weekly"]);
    await rows(["ann", "1", "false"], ["bob", "2", ""], ["carl.new", "3", "false"], ["dora", "4"]);
    expect((await applyPlan(saved)).get("weekly")).toMatchObject({ status: "succeeded", added: 1 });
    expect(await names()).toEqual(["dora"]);
    expect(warnings()).toContain(
      "3 people held back by what your data says since the plan was made: 2 are without consent; 1 is excluded, or in none of the segments any more.",
    );
  });

  some("leaves out who was excluded since, and takes off whom the plan takes off", async () => {
    await open();
    await careful({}, { exclude: ["blocked"] });
    await blocked("nobody");
    await rows(["ann", "1"], ["bob", "2"]);
    await story.apply({ targets: ["weekly"] });
    await rows(["bob", "2"], ["carl", "3"], ["dora", "4"]);
    const saved = await save(story, ["weekly"]);
    await blocked("nobody", "ann", "carl");
    const result = (await applyPlan(saved)).get("weekly");
    expect(result).toMatchObject({ status: "succeeded", added: 1, removed: 1 });
    expect(await names()).toEqual(["bob", "dora"]);
  });

  some("is refused where that cannot be read, but for those who withdrew", async () => {
    await open();
    await careful({ consent: "ok" });
    await rows(["ann", "1"], ["bob", "2"], ["carl", "3"]);
    await story.apply({ targets: ["weekly"] });
    await rows(["ann", "1"], ["bob", "2", "false"], ["carl", "3"], ["dora", "4"]);
    const saved = await save(story);
    await rm(join(story.folder, "profiles.csv"));
    const results = await applyPlan(saved);
    expect(results.get("weekly")).toMatchObject({ status: "refused", added: 0, removed: 1 });
    expect(results.get("weekly")?.error?.message).toContain("restraints-unread");
    expect(results.get("plain")).toMatchObject({ status: "succeeded", added: 4 });
    expect(await names()).toEqual(["ann", "carl"]);
  });

  some("is refused when a suppression came to name nobody, unless that was overridden", async () => {
    await open();
    await careful({}, { suppressions: ["blocked"] });
    await blocked("nobody");
    await rows(["ann", "1"]);
    const saved = await save(story, ["weekly"]);
    await story.write("blocked.txt", "email\n");
    const refused = (await applyPlan(saved)).get("weekly");
    expect(refused).toMatchObject({ status: "refused", added: 0 });
    expect(refused?.error?.message).toContain("empty-suppression");
    const { file } = await plan({
      cwd: story.folder,
      save: { base: undefined },
      targets: ["weekly"],
      overrides: ["empty-suppression"],
      emit: () => undefined,
      signal: never,
    });
    const meant = parsePlanFile(JSON.stringify(file), "plan.json");
    expect((await applyPlan(meant)).get("weekly")).toMatchObject({ status: "succeeded", added: 1 });
  });

  some("needs no data when it only takes people off", async () => {
    await open();
    await careful({ consent: "ok" });
    await rows(["ann", "1"], ["bob", "2"]);
    await story.apply({ targets: ["weekly"] });
    await rows(["ann", "1"]);
    const saved = await save(story, ["weekly"]);
    await rm(join(story.folder, "profiles.csv"));
    expect((await applyPlan(saved)).get("weekly")).toMatchObject({ status: "succeeded", removed: 1 });
    expect(await names()).toEqual(["ann"]);
  });

  const changes: readonly [string, (saved: PlanFile) => Promise<PlanFile>][] = [
    ["too old", async (saved) => (letTimePass(4 * 24 * 3600), saved)],
    ["of another state", (saved) => Promise.resolve({ ...saved, plan: { ...saved.plan, lineage: "other" } })],
    ["changed", (saved) => Promise.resolve({ ...saved, authors: ["nobody"] })],
    ["without its export", async (saved) => (await configure({}, { vips: undefined }), saved)],
    ["of other blocks", async (saved) => (await withBlock(), saved)],
  ];
  for (const [name, change] of changes)
    some(`is stale as a whole when ${name}`, async () => {
      await openApplied();
      await story.people("ann", "bob");
      const changed = await change(await save(story));
      await expect(story.apply({ saved: changed })).rejects.toMatchObject({ kind: "stale" });
      expect(await names()).toEqual(["ann"]);
    });

  const withBlock = async (): Promise<void> => {
    const yaml = JSON.parse(await story.read("exports.config.yaml")) as Yaml;
    await story.config({ ...yaml, removed: [{ export: "old", members: "keep" }] });
  };
});

describe("rollcall plan --out, show, apply FILE, --expect-digest", () => {
  let project: Project;
  let remote: Remote;
  const cli = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: project.folder });

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, "brevo");
    await project.config({
      segments: { all: { source: "crm" } },
      exports: {
        weekly: {
          connection: "brevo",
          list: await remote.addList("customers"),
          segments: ["all"],
          match: { email: "email" },
        },
      },
    });
    await grow(20);
  });
  afterEach(() => project.stop());

  const grow = (count: number): Promise<void> =>
    project.profiles(
      Array.from({ length: count }, (_, index) => ({ email: `p${index}.canary@example.com` })),
    );

  it("writes a small file without an address, shows it, and applies it without asking", async () => {
    const planned = await cli("plan", "--out", "plan.json");
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stderr).toContain("rollcall apply plan.json");
    const text = await readFile(join(project.folder, "plan.json"), "utf8");
    expect(text).not.toContain(".canary@");
    expect(text.length).toBeLessThan(8000);
    const shown = await cli("show", "plan.json");
    expect(shown.stdout).toBe(planned.stdout);

    expect((await cli("apply", "plan.json", "--target", "weekly")).code).toBe(3);
    expect((await cli("apply", "plan.json", "--override", "max-adds")).code).toBe(3);
    const applied = await cli("apply", "plan.json");
    expect(applied.stdout).toContain("Apply complete: 20 added");
    expect(applied.code).toBe(0);
    expect((await cli("apply", "plan.json")).code).toBe(6);
    expect((await cli("plan", "--detailed-exitcode")).code).toBe(0);
  });

  it("refuses files that are not plans, and places where none can be written", async () => {
    expect((await cli("plan", "--out", "nowhere/plan.json")).code).toBe(3);
    expect((await cli("plan", "--out", "plan.json", "--reveal")).code).toBe(3);
    await writeFile(join(project.folder, "a.json"), "{}");
    await writeFile(join(project.folder, "b.json"), '{"kind": "rollcall-plan", "formatVersion": 3}');
    await writeFile(join(project.folder, "c.json"), '{"kind": "rollcall-plan", "formatVersion": 2}');
    await writeFile(join(project.folder, "d.json"), '{"kind": "rollcall-plan", "formatVersion": 1}');
    expect((await cli("apply", "missing.json")).code).toBe(3);
    expect((await cli("show", "c.json")).code).toBe(3);
    expect((await cli("show", "d.json")).stderr).toContain("d.json was written by an older rollcall.");
    for (const file of ["a.json", "b.json"])
      await expect(readPlanFile(join(project.folder, file))).rejects.toMatchObject({ kind: "invalid" });
  });

  it("applies within what was approved, and refuses more, something else, or what it cannot read", async () => {
    const { events } = await cli("plan", "--json");
    const planned = events.find(({ type }) => type === "plan")?.plan as Plan | undefined;
    const digest = planned?.expect ?? "";
    await grow(31);
    const more = await cli("apply", "--expect-digest", digest);
    expect(more).toMatchObject({ code: 6 });
    expect(more.stderr.replaceAll(/\s+/g, " ")).toContain("weekly: 31 to add, at most 30 were approved");
    for (const wrong of ["deadbeef", digest.slice(0, -3), digest.replace("rc1", "rc2")])
      expect((await cli("apply", "--expect-digest", wrong)).code).toBe(3);
    const [version = "", control = "", bounds = ""] = digest.split(".");
    const other = [version, [...control].reverse().join(""), bounds].join(".");
    expect((await cli("apply", "--expect-digest", other)).code).toBe(6);
    expect(await remote.members(await listId())).toHaveProperty("size", 0);

    await grow(30);
    expect(await cli("apply", "--expect-digest", digest)).toMatchObject({ code: 0 });
    expect(await remote.members(await listId())).toHaveProperty("size", 30);
    // It was for a new export.
    expect((await cli("apply", "--expect-digest", digest)).code).toBe(6);
  });

  const listId = async (): Promise<string> => {
    const yaml = JSON.parse(await project.read("exports.config.yaml")) as {
      exports: { weekly: { list: string } };
    };
    return yaml.exports.weekly.list;
  };
});
