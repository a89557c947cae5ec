import { afterEach, beforeEach, expect, it } from "vitest";
import type { Check } from "../../src/model/plan/plan.js";
import type { StateRoot } from "../../src/state/root/root.js";
import { forget } from "../../src/usecases/forget.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { person } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

/** `match.id` becomes another column while somebody who said no is away, who comes back with a new address. */
let story: Story;

beforeEach(async () => {
  story = await openStory("sendgrid", {
    behaviour: "pessimistic",
    weekly: { safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } } },
  });
  await story.write("forget.key", "canary-forget-key-0123456789abcdef");
  await story.write("complaints.csv", "email\nfay@example.com\n");
});
afterEach(async () => {
  resetClock();
  await story.stop();
});

const configure = (id: string | undefined): Promise<void> =>
  story.configure(
    { match: { email: "email", ...(id === undefined ? {} : { id }) } },
    {
      forget: { key: { file: "forget.key" } },
      segments: { all: { source: "crm" }, complaints: { addresses: "complaints.csv" } },
      suppressions: ["complaints"],
    },
  );
const row = (name: string, id: number | string, sid: string): Row => person(name, { id, sid });
const ann = row("ann", 1, "A");
const be = async (...rows: Row[]): Promise<void> => {
  await story.profiles([ann, ...rows]);
  expect(await story.applyOf("weekly")).toMatchObject({ error: undefined });
};
const failed = async (): Promise<Check[]> =>
  (await story.planOf("weekly")).checks.filter(({ status }) => status === "failed");
const formerIds = async (): Promise<readonly string[] | undefined> => {
  const roots = [...(await story.stateFiles())].filter(([path]) => path.startsWith("root/")).sort();
  return (JSON.parse(String(roots.at(-1)?.[1])) as StateRoot).exports["weekly"]?.formerIds;
};

it("a person is held back by every former id, until somebody gives up one that cannot be computed any more", async () => {
  await configure("id");
  await be(row("bob", 7, "B"), row("dora", 8, "D"), row("eve", 9, "E"), row("fay", 10, "F"));
  await story.remote.optOut("bob@example.com");
  await story.remote.takeOff("dora@example.com", story.list);
  expect(await story.members()).toEqual(["ann", "bob", "eve"]);
  // So late that the list has to show her.
  letTimePass(3600);
  await story.drift({ record: true });
  for (const id of ["sid", undefined, "sid"]) {
    await configure(id);
    await be();
  }
  expect(await formerIds()).toEqual(['"id"']);
  const back = [row("bob2", 7, "B"), row("dora2", 8, "D"), row("eve2", 9, "E"), row("fay2", 10, "F")];
  await be(...back);
  expect(await story.members()).toEqual(["ann", "bob", "eve2"]);

  // Filled for nobody it is as good as gone.
  for (const rows of [[{ ...ann, id: "" }, row("gus", "", "G")], [{ email: "ann@example.com", sid: "A" }]]) {
    await story.profiles(rows);
    expect(await failed()).toMatchObject([{ name: "former-id", override: "weekly:former-id" }]);
  }
  expect(await story.applyOf("weekly", { overrides: ["former-id"] })).toMatchObject({ status: "succeeded" });
  expect([await failed(), await formerIds()]).toEqual([[], undefined]);
});

it("a person who was forgotten is held back as long as the former id can be computed", async () => {
  await configure("id");
  await be(row("bob", 7, "B"));
  await story.remote.optOut("bob@example.com");
  await forget({
    cwd: story.folder,
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
  expect(await story.members()).toEqual(["ann", "gus"]);
  expect((await story.planOf("weekly")).counts.heldBack).toEqual({ forgotten: 3 });
  await story.profiles([{ email: "ann@example.com", sid: "A" }]);
  const [check] = await failed();
  expect(check).toMatchObject({ name: "former-id" });
  expect(check?.message).toContain("1 person who was forgotten");
});

it("a person is held back when the list shows the opt-out only now, also with an address without an id today", async () => {
  await configure("id");
  await be(row("bob", 7, "B"), row("dora", 8, "D"), row("eve", 9, "E"));
  await story.remote.optOut("bob@example.com");
  letTimePass(3600);
  await story.remote.takeOff("dora@example.com", story.list);
  await story.remote.takeOff("eve@example.com", story.list);
  await configure("sid");
  await be(row("bob2", 7, ""), row("dora2", 8, "D"), row("eve2", 9, ""), row("gus", "", ""));
  expect(await story.members()).toEqual(["ann", "bob", "gus"]);
});

it("a person is held back by the id of an export that `moved` has merged into this one", async () => {
  const by = (id: string): Yaml => ({ match: { email: "email", id } });
  await story.config({
    exports: { old: story.weekly({ ...by("id"), mode: "upsert" }), weekly: story.weekly(by("sid")) },
  });
  await be(row("bob", 7, "B"));
  await story.remote.optOut("bob@example.com");
  await be(row("bob", 7, "B"));
  await story.configure(by("sid"), { moved: [{ from: "old", to: "weekly" }] });
  await be(row("bob2", 7, "new"));
  expect([await formerIds(), await story.members()]).toEqual([['"id"'], ["ann", "bob"]]);
  await be(row("bob3", 7, "newer"));
  expect([await formerIds(), await story.members()]).toEqual([['"id"'], ["ann", "bob"]]);
});
