import { afterEach, beforeEach, expect, it } from "vitest";
import type { Check } from "../../src/model/plan/plan.js";
import type { StateRoot } from "../../src/state/root/root.js";
import { forget } from "../../src/usecases/forget.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

/** `match.id` becomes another column while somebody who said no is away, who comes back with a new address. */
let project: Project;
let remote: Remote;
let list: string;

beforeEach(async () => {
  project = await openProject({ behaviour: "pessimistic" });
  remote = remoteOf(project, "sendgrid");
  list = await remote.addList("customers");
  await project.write("forget.key", "canary-forget-key-0123456789abcdef");
  await project.write("complaints.csv", "email\nfay@example.com\n");
});
afterEach(async () => {
  resetClock();
  await project.stop();
});

const configure = (id: string | undefined): Promise<void> =>
  project.config({
    forget: { key: { file: "forget.key" } },
    segments: { all: { source: "crm" }, complaints: { addresses: "complaints.csv" } },
    suppressions: ["complaints"],
    exports: {
      first: {
        connection: "sendgrid",
        list,
        segments: ["all"],
        match: { email: "email", ...(id === undefined ? {} : { id }) },
        safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } },
      },
    },
  });
const row = (name: string, id: number | string, sid: string): Row => ({
  email: `${name}@example.com`,
  id,
  sid,
});
const ann = row("ann", 1, "A");
const be = async (...rows: Row[]): Promise<void> => {
  await project.profiles([ann, ...rows]);
  expect(await project.applyOf("first")).toMatchObject({ error: undefined });
};
const names = async (): Promise<string[]> =>
  [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();
const failed = async (): Promise<Check[]> =>
  (await project.planOf("first")).checks.filter(({ status }) => status === "failed");
const formerIds = async (): Promise<readonly string[] | undefined> => {
  const roots = [...(await project.stateFiles())].filter(([path]) => path.startsWith("root/")).sort();
  return (JSON.parse(String(roots.at(-1)?.[1])) as StateRoot).exports["first"]?.formerIds;
};

it("is held back by every id of before, until a person gives up one that nobody can tell any more", async () => {
  await configure("id");
  await be(row("bob", 7, "B"), row("dora", 8, "D"), row("eve", 9, "E"), row("fay", 10, "F"));
  await remote.optOut("bob@example.com");
  await remote.takeOff("dora@example.com", list);
  expect(await names()).toEqual(["ann", "bob", "eve"]);
  // So late that the list has to show her.
  letTimePass(3600);
  await project.drift({ record: true });
  for (const id of ["sid", undefined, "sid"]) {
    await configure(id);
    await be();
  }
  expect(await formerIds()).toEqual(['"id"']);
  const back = [row("bob2", 7, "B"), row("dora2", 8, "D"), row("eve2", 9, "E"), row("fay2", 10, "F")];
  await be(...back);
  expect(await names()).toEqual(["ann", "bob", "eve2"]);

  // Filled for nobody it is as good as gone.
  for (const rows of [[{ ...ann, id: "" }, row("gus", "", "G")], [{ email: "ann@example.com", sid: "A" }]]) {
    await project.profiles(rows);
    expect(await failed()).toMatchObject([{ name: "former-id", override: "first:former-id" }]);
  }
  expect(await project.applyOf("first", { overrides: ["former-id"] })).toMatchObject({ status: "succeeded" });
  expect([await failed(), await formerIds()]).toEqual([[], undefined]);
});

it("is held back although forgotten since, as long as the id of before can be told", async () => {
  await configure("id");
  await be(row("bob", 7, "B"));
  await remote.optOut("bob@example.com");
  await forget({
    cwd: project.folder,
    input: { words: ["bob@example.com"], file: undefined, stdin: undefined },
    deleting: true,
    dryRun: false,
    emit: () => undefined,
    signal: new AbortController().signal,
    approve: () => Promise.resolve(true),
    actor: "tester",
  });
  await configure("sid");
  // Who has no id of today is somebody by the one of before.
  await be(row("bob2", 7, "B"), row("bob3", "", "B"), row("bob4", 7, ""), row("gus", 2, "G"));
  expect(await names()).toEqual(["ann", "gus"]);
  expect((await project.planOf("first")).counts.heldBack).toEqual({ forgotten: 3 });
  await project.profiles([{ email: "ann@example.com", sid: "A" }]);
  const [check] = await failed();
  expect(check).toMatchObject({ name: "former-id" });
  expect(check?.message).toContain("1 person who was forgotten");
});

it("is held back where the list tells of it only now, and with an address that has no id of today", async () => {
  await configure("id");
  await be(row("bob", 7, "B"), row("dora", 8, "D"), row("eve", 9, "E"));
  await remote.optOut("bob@example.com");
  letTimePass(3600);
  await remote.takeOff("dora@example.com", list);
  await remote.takeOff("eve@example.com", list);
  await configure("sid");
  await be(row("bob2", 7, ""), row("dora2", 8, "D"), row("eve2", 9, ""), row("gus", "", ""));
  expect(await names()).toEqual(["ann", "bob", "gus"]);
});

it("is held back by the id of an export that `moved` has become part of this one", async () => {
  const exportBy = (id: string, more: Yaml = {}): Yaml => ({
    connection: "sendgrid",
    list,
    segments: ["all"],
    match: { email: "email", id },
    safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } },
    ...more,
  });
  const segments = { all: { source: "crm" } };
  await project.config({
    segments,
    exports: { old: exportBy("id", { mode: "upsert" }), first: exportBy("sid") },
  });
  await be(row("bob", 7, "B"));
  await remote.optOut("bob@example.com");
  await be(row("bob", 7, "B"));
  await project.config({
    segments,
    exports: { first: exportBy("sid") },
    moved: [{ from: "old", to: "first" }],
  });
  await be(row("bob2", 7, "new"));
  expect([await formerIds(), await names()]).toEqual([['"id"'], ["ann", "bob"]]);
  await be(row("bob3", 7, "newer"));
  expect([await formerIds(), await names()]).toEqual([['"id"'], ["ann", "bob"]]);
});
