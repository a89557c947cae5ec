import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

let project: Project;
beforeEach(async () => {
  project = await openProject();
  await remoteOf(project, "file").addList("customers");
});
afterEach(async () => {
  vi.useRealTimers();
  await project.stop();
});

const weekly = (more: Yaml = {}): Yaml => ({
  connection: "file",
  list: "customers",
  segments: ["all"],
  match: { email: "email" },
  safeguards: { maxRemovals: { share: "100%" } },
  ...more,
});
const configure = (all: Yaml, more: Yaml = {}, whole: Yaml = {}): Promise<void> =>
  project.config({ segments: { all }, exports: { weekly: weekly(more) }, ...whole });
const people = (...names: string[]): Row[] =>
  names.map((name) => ({ email: `${name}@example.com`, country: name < "d" ? "DE" : "FR", name }));
const names = async (): Promise<string[]> =>
  [...(await remoteOf(project, "file").members("customers")).keys()]
    .map((email) => email.split("@")[0] ?? "")
    .sort();

describe("causes", () => {
  it("tells a changed config from changed profiles when both changed", async () => {
    await configure({ source: "crm", where: "country = 'DE'" }, { attributes: { name: "name" } });
    await project.profiles(people("a", "b", "c", "d", "e"));
    await project.apply();
    // Data: c is gone, b renamed, c2 new. Config: France instead of names after a.
    await project.profiles([
      ...people("a", "c2", "d", "e"),
      { email: "b@example.com", country: "DE", name: "Bea" },
    ]);
    await configure(
      { source: "crm", where: "country = 'FR' or name <> 'a'" },
      { attributes: { name: "name" } },
    );
    const planned = await project.plan();
    expect(planned.configChanges).toMatchObject([{ export: "weekly", kind: "changed" }]);
    expect(planned.configChanges[0]?.diff).toMatch(/^-.*country = 'DE'[\s\S]*^\+.*or name <> 'a'/m);
    expect(planned.exports[0]).toMatchObject({
      causeNote: undefined,
      counts: { add: 3, update: 1, remove: 2, unchanged: 0 },
      causes: {
        add: { config: 2, churn: 1, drift: 0 },
        update: { config: 0, churn: 1, drift: 0 },
        remove: { config: 1, churn: 1, drift: 0 },
      },
    });
    await project.apply();
    expect(await names()).toEqual(["b", "c2", "d", "e"]);
    const settled = await project.plan();
    expect(settled.configChanges).toEqual([]);
    expect(settled.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 4 });
  });

  it("says so when the old definition cannot be evaluated any more", async () => {
    await project.profiles([{ email: "a@example.com", old: 1 }]);
    await configure({ source: "crm", where: "old = 1" });
    await project.apply();
    await project.profiles([
      { email: "a@example.com", new: 1 },
      { email: "b@example.com", new: 1 },
    ]);
    await configure({ source: "crm", where: "new = 1" });
    const planned = await project.planOf("weekly");
    expect(planned.causeNote).toMatch(/cannot be evaluated/);
    expect(planned.causes.add).toEqual({ config: 1, churn: 0, drift: 0 });
    await project.apply();
    expect(await names()).toEqual(["a", "b"]);
  });

  it("a change that only renames or formats the definition changes nobody", async () => {
    await project.profiles(people("a", "b"));
    await configure({ source: "crm", where: "country = 'DE'" });
    await project.apply();
    await configure({ sql: "select * from crm where country = 'DE'" });
    expect((await project.planOf("weekly")).counts).toMatchObject({
      add: 0,
      update: 0,
      remove: 0,
      unchanged: 2,
    });
  });

  it("keeps the members of an export that vanished from the config and shows it", async () => {
    await project.profiles(people("a", "b"));
    await configure({ source: "crm" });
    await project.apply();
    await remoteOf(project, "file").addList("others");
    await project.config({
      segments: { all: { source: "crm" } },
      exports: { daily: weekly({ list: "others" }) },
    });
    const { configChanges } = await project.plan();
    expect(configChanges.map(({ export: name, kind }) => [name, kind])).toEqual([
      ["daily", "new"],
      ["weekly", "orphaned"],
    ]);
    await project.apply();
    expect(await names()).toEqual(["a", "b"]);
  });
});

describe("segments", () => {
  it("build on sources, on each other, on SQL files and on files of addresses", async () => {
    await project.profiles(people("a", "b", "c", "d", "e"));
    await project.write(
      "segments/french.sql",
      "-- who lives in France\nselect * from crm where country = 'FR'\n",
    );
    await project.write("staff.txt", "c@example.com\n E@Example.com \n");
    await project.config({
      segments: {
        german: { source: "crm", where: "country = 'DE'" },
        french: { sqlFile: "segments/french.sql" },
        both: { sql: "select * from german union all select * from french", exclude: ["staff"] },
        staff: { addresses: "staff.txt" },
      },
      exports: { weekly: weekly({ segments: ["both"] }) },
    });
    await project.apply();
    expect(await names()).toEqual(["a", "b", "d"]);
  });

  it("take a file of addresses as the people themselves", async () => {
    await project.write("friends.csv", "name,mail\nAnn,ann@example.com\nBob,bob@example.com\n");
    await project.config({
      segments: { friends: { addresses: "friends.csv", column: "mail" } },
      exports: { weekly: weekly({ segments: ["friends"] }) },
    });
    await project.apply();
    expect(await names()).toEqual(["ann", "bob"]);
  });

  it("see one clock, the run's", async () => {
    await project.profiles([
      { email: "a@example.com", until: "2026-12-31 12:00:00" },
      { email: "b@example.com", until: "2030-01-01 00:00:00" },
    ]);
    await configure({ source: "crm", where: "until > now()::timestamp and now() = current_timestamp" });
    const at = new Date("2027-01-01T00:00:00Z");
    vi.useFakeTimers({ toFake: ["Date"], now: at });
    const planned = await project.plan();
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
    await project.profiles(people("a"));
    await configure(segment);
    const { error } = await project.planOf("weekly");
    expect(error).toMatchObject({ kind: "invalid", message: expect.stringMatching(message) as string });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed" });
    expect(await names()).toEqual([]);
  });
});

describe("a source that is not whole removes nobody", () => {
  beforeEach(async () => {
    await configure({ source: "crm" });
    await project.profiles(people("a", "b", "c"));
    await project.apply();
  });
  const broken: Readonly<Record<string, string>> = {
    "cut off in a row": "email,country,name\na@example.com,DE,a\nb@exam",
    "cut off at the end of a row": "email,country,name\na@example.com,DE,a\nb@example.com,DE,b",
    "cut off in a quoted value": 'email,country,name\na@example.com,DE,a\nb@example.com,DE,"b\n',
    "with a row that is too long": "email,country,name\na@example.com,DE,a,more\n",
    "without a header": "",
  };
  it.each(Object.keys(broken))("%s", async (how) => {
    await project.write("profiles.csv", broken[how] ?? "");
    expect((await project.planOf("weekly")).error).toMatchObject({ kind: "invalid" });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed" });
    expect(await names()).toEqual(["a", "b", "c"]);
  });

  it("not there at all", async () => {
    await rm(join(project.folder, "profiles.csv"));
    expect((await project.planOf("weekly")).error).toMatchObject({ kind: "not-found" });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed" });
    expect(await names()).toEqual(["a", "b", "c"]);
  });

  it("with fewer rows than it says", async () => {
    await project.profiles(people("a"));
    await configure(
      { source: "crm" },
      {},
      {
        sources: { crm: { type: "files", path: "profiles.csv", minimumRows: 3 } },
      },
    );
    expect((await project.planOf("weekly")).error).toMatchObject({ kind: "refused" });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed" });
    expect(await names()).toEqual(["a", "b", "c"]);
  });
});
