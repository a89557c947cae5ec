import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepBeginning } from "../support/beginning.js";
import { person } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

let story: Story;
afterEach(async () => {
  vi.useRealTimers();
  await story.stop();
});

const row = (name: string): Row => person(name, { country: name < "d" ? "DE" : "FR", name });
const options = { person: row, weekly: { safeguards: { maxRemovals: { share: "100%" } } } };
const people = (...names: string[]): Row[] => names.map(row);
const open = async (): Promise<void> => {
  story = await openStory("file", options);
};
const configure = (all: Yaml, more: Yaml = {}, whole: Yaml = {}): Promise<void> =>
  story.configure(more, { segments: { all }, ...whole });

describe("the cause of a change", () => {
  beforeEach(open);

  it("is told apart when both config and profiles changed", async () => {
    await configure({ source: "crm", where: "country = 'DE'" }, { attributes: { name: "name" } });
    await story.people("a", "b", "c", "d", "e");
    await story.apply();
    // Data: c is gone, b renamed, c2 new. Config: France instead of names after a.
    await story.profiles([
      ...people("a", "c2", "d", "e"),
      { email: "b@example.com", country: "DE", name: "Bea" },
    ]);
    await configure(
      { source: "crm", where: "country = 'FR' or name <> 'a'" },
      { attributes: { name: "name" } },
    );
    const { plan, planned } = await story.planAndApply("weekly");
    expect(plan.configChanges).toMatchObject([{ export: "weekly", kind: "changed" }]);
    expect(plan.configChanges[0]?.diff).toMatch(/^-.*country = 'DE'[\s\S]*^\+.*or name <> 'a'/m);
    expect(planned).toMatchObject({
      causeNote: undefined,
      counts: { add: 3, update: 1, remove: 2, unchanged: 0 },
      causes: {
        add: { config: 2, churn: 1, drift: 0 },
        update: { config: 0, churn: 1, drift: 0 },
        remove: { config: 1, churn: 1, drift: 0 },
      },
    });
    expect(await story.members()).toEqual(["b", "c2", "d", "e"]);
    const settled = await story.plan();
    expect(settled.configChanges).toEqual([]);
    expect(settled.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 4 });
  });

  it("is the config when the old definition cannot be evaluated any more", async () => {
    await story.profiles([{ email: "a@example.com", old: 1 }]);
    await configure({ source: "crm", where: "old = 1" });
    await story.apply();
    await story.profiles([
      { email: "a@example.com", new: 1 },
      { email: "b@example.com", new: 1 },
    ]);
    await configure({ source: "crm", where: "new = 1" });
    const { planned } = await story.planAndApply("weekly");
    expect(planned.causeNote).toMatch(/cannot be evaluated/);
    expect(planned.causes.add).toEqual({ config: 1, churn: 0, drift: 0 });
    expect(await story.members()).toEqual(["a", "b"]);
  });

  it("exists for nobody when the definition was only renamed or formatted", async () => {
    await story.people("a", "b");
    await configure({ source: "crm", where: "country = 'DE'" });
    await story.apply();
    await configure({ sql: "select * from crm where country = 'DE'" });
    expect((await story.planOf("weekly")).counts).toMatchObject({
      add: 0,
      update: 0,
      remove: 0,
      unchanged: 2,
    });
  });

  it("does not remove the members of an export that vanished from the config, which is shown", async () => {
    await story.people("a", "b");
    await configure({ source: "crm" });
    await story.apply();
    await story.remote.addList("others");
    await story.config({
      exports: { daily: story.weekly({ list: "others" }) },
    });
    const { configChanges } = (await story.planAndApply("daily")).plan;
    expect(configChanges.map(({ export: name, kind }) => [name, kind])).toEqual([
      ["daily", "new"],
      ["weekly", "orphaned"],
    ]);
    expect(await story.members()).toEqual(["a", "b"]);
  });
});

describe("segments", () => {
  beforeEach(open);

  it("build on sources, on each other, on SQL files and on files of addresses", async () => {
    await story.people("a", "b", "c", "d", "e");
    await story.write(
      "segments/french.sql",
      "-- who lives in France\nselect * from crm where country = 'FR'\n",
    );
    await story.write("staff.txt", "c@example.com\n E@Example.com \n");
    await story.config({
      segments: {
        german: { source: "crm", where: "country = 'DE'" },
        french: { sqlFile: "segments/french.sql" },
        both: { sql: "select * from german union all select * from french", exclude: ["staff"] },
        staff: { addresses: "staff.txt" },
      },
      exports: { weekly: story.weekly({ segments: ["both"] }) },
    });
    await story.apply();
    expect(await story.members()).toEqual(["a", "b", "d"]);
  });

  it("take a file of addresses as the people themselves", async () => {
    await story.write("friends.csv", "name,mail\nAnn,ann@example.com\nBob,bob@example.com\n");
    await story.config({
      segments: { friends: { addresses: "friends.csv", column: "mail" } },
      exports: { weekly: story.weekly({ segments: ["friends"] }) },
    });
    await story.apply();
    expect(await story.members()).toEqual(["ann", "bob"]);
  });

  it("see only the clock of the run", async () => {
    await story.profiles([
      { email: "a@example.com", until: "2026-12-31 12:00:00" },
      { email: "b@example.com", until: "2030-01-01 00:00:00" },
    ]);
    await configure({ source: "crm", where: "until > now()::timestamp and now() = current_timestamp" });
    const at = new Date("2027-01-01T00:00:00Z");
    vi.useFakeTimers({ toFake: ["Date"], now: at });
    const planned = await story.plan();
    expect(planned.createdAt).toBe(at.toISOString());
    expect(planned.exports[0]?.counts).toMatchObject({ desired: 1 });
  });

  const refused: Readonly<Record<string, [Yaml, RegExp]>> = {
    "an unknown table": [{ sql: "select * from nowhere" }, /nowhere/],
    "a file": [{ sql: "select * from '/etc/passwd'" }, /passwd/],
    "a table function": [{ sql: "select * from read_csv('profiles.csv')" }, /read_csv/],
    "a function that reads files": [{ sql: "select read_text('/etc/passwd') as email" }, /read_text/],
    "the environment": [{ source: "crm", where: "getenv('HOME') <> ''" }, /getenv/],
    "the catalog": [
      { sql: "select table_name as email from information_schema.tables" },
      /information_schema/,
    ],
    randomness: [{ source: "crm", where: "random() < 0.5" }, /random/],
    "a new identifier": [{ sql: "select uuid() || '@example.com' as email from crm" }, /uuid/],
    "more than a SELECT": [{ sql: "drop table crm" }, /SELECT/],
    "two statements": [{ sql: "select * from crm; select 1" }, /exactly one|SELECT/],
    "a condition that ends early": [
      { source: "crm", where: "true) union select 'x@example.com', '', '' --" },
      /./,
    ],
    "a missing column": [{ source: "crm", where: "contry = 'DE'" }, /contry/],
  };
  it.each(Object.keys(refused))("refuse %s", async (what) => {
    const [segment, message] = refused[what] ?? [{}, /never/];
    await story.people("a");
    await configure(segment);
    const {
      planned: { error },
      result,
    } = await story.planAndApply("weekly");
    expect(error).toMatchObject({ kind: "invalid", message: expect.stringMatching(message) as string });
    expect(result).toMatchObject({ status: "failed" });
    expect(await story.members()).toEqual([]);
  });
});

describe("a source that is not whole removes nobody", () => {
  const openApplied = keepBeginning("file", options, async (one) => {
    await one.configure();
    await one.people("a", "b", "c");
    await one.apply();
  });
  beforeEach(async () => {
    story = await openApplied();
  });
  const broken: Readonly<Record<string, string>> = {
    "cut off in a row": "email,country,name\na@example.com,DE,a\nb@exam",
    "cut off at the end of a row": "email,country,name\na@example.com,DE,a\nb@example.com,DE,b",
    "cut off in a quoted value": 'email,country,name\na@example.com,DE,a\nb@example.com,DE,"b\n',
    "with a row that is too long": "email,country,name\na@example.com,DE,a,more\n",
    "without a header": "",
  };
  it.each(Object.keys(broken))("%s", async (how) => {
    await story.write("profiles.csv", broken[how] ?? "");
    const run = await story.planAndApply("weekly");
    expect(run.planned.error).toMatchObject({ kind: "invalid" });
    expect(run.result).toMatchObject({ status: "failed" });
    expect(await story.members()).toEqual(["a", "b", "c"]);
  });

  it("a file that is not there", async () => {
    await rm(join(story.folder, "profiles.csv"));
    const run = await story.planAndApply("weekly");
    expect(run.planned.error).toMatchObject({ kind: "not-found" });
    expect(run.result).toMatchObject({ status: "failed" });
    expect(await story.members()).toEqual(["a", "b", "c"]);
  });

  it("a file with fewer rows than the config requires", async () => {
    await story.people("a");
    await configure(
      { source: "crm" },
      {},
      {
        sources: { crm: { type: "files", path: "profiles.csv", minimumRows: 3 } },
      },
    );
    const run = await story.planAndApply("weekly");
    expect(run.planned.error).toMatchObject({ kind: "refused" });
    expect(run.result).toMatchObject({ status: "failed" });
    expect(await story.members()).toEqual(["a", "b", "c"]);
  });
});
