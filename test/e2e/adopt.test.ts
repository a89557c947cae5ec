import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Adoption } from "../../src/model/reports/adoption.js";
import { adopt, type AdoptResult } from "../../src/usecases/adopt.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL } from "../support/full.js";
import {
  BREVO_KEY,
  openProject,
  SENDGRID_KEY,
  type Project,
  type Row,
  type Yaml,
} from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";

// Many commands a story, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let project: Project;
beforeEach(async () => (project = await openProject()));
afterEach(async () => {
  resetClock();
  await project.stop();
});

const at = (name: string): string => `${name}@example.com`;
const rows = (...names: string[]): Row[] => names.map((name) => ({ email: at(name), first_name: name }));
const take = (
  exportName: string,
  more: { onlyDesired?: boolean; approve?: boolean } = {},
): Promise<AdoptResult> =>
  adopt({
    cwd: project.folder,
    exportName,
    onlyDesired: more.onlyDesired,
    emit: (event) => project.events.push(event),
    signal: new AbortController().signal,
    actor: "tester",
    approve: () => Promise.resolve(more.approve ?? true),
  });
const named = async (remote: Remote, list: string): Promise<string[]> =>
  [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();
const counts = ({ adoption }: AdoptResult): Adoption["counts"] | undefined => adoption?.counts;

describe.each(FULL ? (["brevo", "sendgrid", "file"] as const) : (["brevo", "file"] as const))(
  "%s",
  (type) => {
    it("takes over a list that was there: previewed, once, without opt-outs, and removable from then on", async () => {
      const remote = remoteOf(project, type);
      const list = await remote.addList("customers");
      for (const name of ["same", "other", "stranger", "quitter", "theirs"])
        await remote.addStranger(at(name), [list], name);
      await remote.optOut(at("quitter"));
      if (type !== "file") await remote.rename(at("other"), "Old", list);
      const base = {
        connection: type,
        list,
        match: { email: "email" },
        attributes: { firstName: "first_name" },
      };
      await project.config({
        sources: {
          crm: { type: "files", path: "profiles.csv" },
          their: { type: "files", path: "theirs.csv" },
        },
        segments: { all: { source: "crm" }, theirs: { source: "their" } },
        exports: {
          weekly: { ...base, segments: ["all"], safeguards: { maxRemovals: { share: "100%" } } },
          second: { ...base, segments: ["theirs"], mode: "upsert" },
        },
      });
      await project.profiles(rows("same", "other", "quitter", "new"));
      await project.profiles(rows("theirs"), "theirs.csv");
      await project.apply({ targets: ["second"] });

      const before = await project.stateFiles();
      const declined = await take("weekly", { approve: false });
      expect(declined.adopted).toBe(false);
      expect(counts(declined)).toEqual({
        members: 5,
        adopts: 3,
        wouldRemove: 1,
        found: 0,
        wanted: 2,
        strangers: 1,
        ours: 0,
        others: 1,
        optedOut: 1,
        forgotten: 0,
        unsettled: 0,
      });
      expect(
        [...(await project.stateFiles()).keys()].filter((name) => name.startsWith("blobs/ledger")),
      ).toEqual([...before.keys()].filter((name) => name.startsWith("blobs/ledger")));

      expect(counts(await take("weekly", { onlyDesired: true }))).toMatchObject({
        adopts: 2,
        wouldRemove: 0,
      });
      expect((await project.planOf("weekly")).counts).toMatchObject({ add: 1, remove: 0, strangers: 2 });
      expect(counts(await take("weekly"))).toMatchObject({ adopts: 1, wouldRemove: 1, ours: 2 });
      expect(await take("weekly")).toMatchObject({
        adopted: false,
        adoption: { counts: { adopts: 0, ours: 3 } },
      });

      const planned = await project.planOf("weekly");
      // Who holds our values already needs no update.
      expect(planned.counts).toMatchObject({ add: 1, update: type === "file" ? 2 : 1, remove: 1 });
      await project.apply();
      expect(await named(remote, list)).toEqual(["new", "other", "quitter", "same", "theirs"]);
      expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
      // Adopted people leave as those do whom we added.
      await project.profiles(rows("other", "new"));
      await project.apply();
      expect(await named(remote, list)).toEqual(["new", "other", "quitter", "theirs"]);
      letTimePass(240);
      expect((await project.drift()).get("weekly")?.counts).toMatchObject({
        strangers: 1,
        strangersOptedOut: 1,
        gone: 0,
      });
    });

    if (type === "file")
      it("takes over nobody who was forgotten, neither by command nor by a first run's policy", async () => {
        const remote = remoteOf(project, type);
        const [list, other] = [await remote.addList("customers"), await remote.addList("others")];
        const base = {
          connection: type,
          segments: ["all"],
          match: { email: "email" },
          safeguards: { maxRemovals: { share: "100%" } },
        };
        await project.write("forget.key", "f".repeat(64));
        await project.config({
          forget: { key: { file: "forget.key" } },
          segments: { all: { source: "crm" } },
          exports: { weekly: { ...base, list }, taking: { ...base, list: other, strangers: "adopt" } },
        });
        await project.profiles(rows("ann"));
        expect(
          (await rollcall(["forget", at("ghost"), "--auto-approve"], { cwd: project.folder })).code,
        ).toBe(0);
        for (const name of ["ghost", "stranger"]) await remote.addStranger(at(name), [list, other]);
        expect(counts(await take("weekly"))).toMatchObject({
          members: 2,
          adopts: 1,
          strangers: 1,
          forgotten: 1,
        });
        expect((await project.planAndApply("taking")).planned.counts).toMatchObject({ adopted: 1 });
        expect((await project.planAndApply("taking")).planned.counts).toMatchObject({ remove: 1 });
        for (const id of [list, other]) expect(await named(remote, id)).toEqual(["ann", "ghost"]);
      });

    if (type === "file")
      it("takes over whom the first run only found", async () => {
        const remote = remoteOf(project, type);
        const list = await remote.addList("customers");
        await remote.addStranger(at("found"), [list]);
        await project.config({
          segments: { all: { source: "crm" } },
          exports: { weekly: { connection: type, list, segments: ["all"], match: { email: "email" } } },
        });
        await project.profiles(rows("found", "ann"));
        await project.apply();
        expect(counts(await take("weekly"))).toMatchObject({ adopts: 1, found: 1, ours: 1, wouldRemove: 0 });
        await project.profiles(rows("ann"));
        expect(await project.applyOf("weekly")).toMatchObject({ removed: 1 });
      });
  },
);

describe("the command", () => {
  const env = { BREVO_API_KEY: BREVO_KEY, SENDGRID_API_KEY: SENDGRID_KEY };
  const run = (...words: string[]): ReturnType<typeof rollcall> =>
    rollcall(words, { cwd: project.folder, env });
  const config = (list: string, more: Yaml = {}): Promise<void> =>
    project.config({
      segments: { all: { source: "crm" } },
      exports: {
        weekly: { connection: "brevo", list, segments: ["all"], match: { email: "email" }, ...more },
      },
    });

  it("shows what a mirror would remove, and asks before it records", async () => {
    const remote = remoteOf(project, "brevo");
    const list = await remote.addList("customers");
    for (const name of ["stranger", "ann"]) await remote.addStranger(at(name), [list]);
    await config(list);
    await project.profiles(rows("ann"));
    const unasked = await run("adopt", "weekly");
    expect(unasked.code).toBe(3);
    expect(unasked.stdout).toContain("The next apply would remove 1 of them");
    expect(unasked.stdout + unasked.stderr).not.toContain("stranger@");
    expect(unasked.stderr).toContain("--auto-approve");
    const adopted = await run("adopt", "weekly", "--auto-approve", "--json");
    expect(adopted.code).toBe(0);
    expect(adopted.events.find(({ type }) => type === "result")).toMatchObject({
      command: "adopt",
      data: { adopted: true, counts: { adopts: 2, wouldRemove: 1 } },
    });
    expect((await run("adopt", "weekly")).stdout).toContain("Nobody to adopt.");
    expect((await run("drift", "--detailed-exitcode")).code).toBe(0);
    await remote.addStranger(at("late"), [list]);
    const drift = await run("drift", "--detailed-exitcode", "--json");
    expect(drift.code).toBe(2);
    expect(drift.events.find(({ type }) => type === "result")).toMatchObject({
      data: { exports: [{ counts: { strangers: 1 } }] },
    });
    const human = await run("drift");
    expect(human.stdout).toContain("l•••@example.com");
    expect(human.stdout).toContain("Drift: 1 stranger,");
  });

  it("writes YAML for the lists there are, which validates and is in the one style", async () => {
    const [brevo, sendgrid] = [remoteOf(project, "brevo"), remoteOf(project, "sendgrid")];
    const known = await brevo.addList("Known");
    await brevo.addList("Größte Kunden: 50%");
    await brevo.addList("größte kunden 50");
    await sendgrid.addList("2026 Autumn");
    project.sandbox.sendgrid().addField("SCORE", "Number");
    await config(known, { segments: ["all"] });
    await project.profiles(rows("ann"));
    const written = await run("adopt", "--generate", "--out", "lists.config.yaml");
    expect(written.code, written.stderr).toBe(0);
    const text = await project.read("lists.config.yaml");
    expect(text).not.toContain(BREVO_KEY);
    expect(text).toMatch(/ {4}displayName: "?Größte Kunden: 50%"?\n/);
    expect(text).toMatch(/SCORE: score # number; keep it to own it\n/);
    expect(text).not.toMatch(/\bEXT_ID:|\bSMS:|alternate_emails:/);
    const validated = await run("validate", "--config", "lists.config.yaml", "--json");
    expect(validated.code, validated.stdout).toBe(0);
    expect((await run("fmt", "--check", "lists.config.yaml")).code).toBe(0);
    expect((await run("adopt", "--generate", "--out", "lists.config.yaml")).code).toBe(3);
    expect(await project.read("lists.config.yaml")).toBe(text);
    // A segment that nobody filled in is empty, which apply refuses.
    expect(text.match(/where: "false"/g)).toHaveLength(3);
    const one = await run("adopt", "--generate", "--connection", "sendgrid");
    expect(one.stdout).toContain("list_2026_autumn:");
    expect(one.stdout).not.toContain("brevo");
    expect((await run("adopt", "--generate", "--connection", "nope")).code).toBe(3);
    expect((await run("adopt", "--out", "x.yaml")).code).toBe(3);
    expect(existsSync(join(project.folder, "x.yaml"))).toBe(false);
  });
});
