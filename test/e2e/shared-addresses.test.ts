import { afterEach, beforeEach, expect, it } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { person } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";
import { openStory, type Story } from "../support/story.js";

/** Two exports on one list know different people behind one address; a "no" of either keeps it off. */
let story: Story;
let other: string;

beforeEach(async () => {
  story = await openStory("brevo", {
    weekly: {
      match: { email: "email", id: "id" },
      mode: "upsert",
      safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } },
    },
  });
  other = await story.remote.addList("clients");
  await config({ crm: on("crm"), shop: on("shop") });
});
afterEach(async () => {
  resetClock();
  await story.stop();
});

const on = (source: string, more: Yaml = {}): Yaml => story.weekly({ segments: [`of_${source}`], ...more });
const config = (exports: Yaml, more: Yaml = {}): Promise<void> =>
  story.config({
    sources: {
      crm: { type: "files", path: "crm.csv" },
      shop: { type: "files", path: "shop.csv" },
    },
    segments: { of_crm: { source: "crm" }, of_shop: { source: "shop" } },
    exports,
    ...more,
  });
const row = (name: string, id: number): Row => person(name, { id });
const be = async (crm: Row[], shop: Row[]): Promise<void> => {
  await story.profiles([row("ann", 1), ...crm], "crm.csv");
  await story.profiles([row("zoe", 2), ...shop], "shop.csv");
};

it("the order in which exports of one person run makes no difference once an opt-out is known", async () => {
  await be([row("bob", 5)], []);
  await story.apply({ targets: ["crm"] });
  await story.remote.optOut("bob@example.com");
  // Bob shares an address with Eve, of whom the other export knows alone.
  await be([row("bob", 5), row("home", 5)], [row("home", 7), row("eve", 7)]);
  const planned = await story.planOf("shop");
  expect(planned.counts).toMatchObject({ add: 2, heldBack: { "address changed after opt-out": 1 } });
  await story.apply({ targets: ["crm"] });
  await story.apply({ targets: ["shop"] });
  expect(await story.members()).toEqual(["ann", "bob", "eve", "zoe"]);
  await story.mustBeSettled();

  // Once nobody says so any more, the address is Eve's.
  await be([row("bob", 5)], [row("home", 7), row("eve", 7)]);
  await story.apply();
  expect(await story.members()).toEqual(["ann", "bob", "eve", "home", "zoe"]);
});

it("an opt-out that only the profiles of another export connect with a person counts in the same run", async () => {
  await story.remote.addStranger("bob@example.com", []);
  await story.remote.optOut("bob@example.com");
  await be([row("bob2", 5)], [row("bob", 5)]);
  await story.apply();
  expect(await story.members()).toEqual(["ann", "zoe"]);
});

it("a person taken off one list may be on another, and a released export does not connect addresses any more", async () => {
  await be([row("bob", 5)], []);
  await story.apply({ targets: ["crm"] });
  letTimePass(600);
  await story.remote.takeOff("bob@example.com", story.list);
  await story.drift({ record: true });
  await be([row("bob", 5), row("home", 5)], [row("home", 7)]);
  await story.apply();
  expect(await story.members()).toEqual(["ann", "zoe"]);
  await config(
    { crm: on("crm"), shop: on("shop", { list: other }) },
    { moved: [{ export: "shop", fromList: story.list, toList: other, oldMembers: "keep" }] },
  );
  await story.apply();
  expect(await story.members(other)).toEqual(["zoe"]);
  await config(
    { shop: on("shop", { list: other }), next: on("shop") },
    { removed: [{ export: "crm", members: "keep" }] },
  );
  await story.apply();
  await story.apply();
  expect(await story.members()).toContain("home");
});

it("an address that an export knows is known under its new name, whatever other run came in between", async () => {
  await be([row("bob", 5)], []);
  await story.apply({ targets: ["crm"] });
  await story.remote.optOut("bob@example.com");
  await be([row("bob", 5), row("home", 5)], [row("home", 7)]);
  await story.apply();
  const moved = await rollcall(["state", "mv", "crm", "people", "--auto-approve"], { cwd: story.folder });
  expect(moved.code, moved.stderr).toBe(0);
  await config({ people: on("crm"), shop: on("shop") });
  await story.apply({ targets: ["shop"] });
  expect(await story.members()).toEqual(["ann", "bob", "zoe"]);
  await story.apply({ targets: ["people"] });
  await story.apply({ targets: ["shop"] });
  expect(await story.members()).toEqual(["ann", "bob", "zoe"]);
});

it("a person whom only another connection suppresses is held back by any export that knows them", async () => {
  await story.write("complaints.csv", "email\nbob@example.com\n");
  const { brevo } = story.connections();
  await config(
    { crm: on("crm"), shop: on("shop", { connection: "second", list: other }) },
    {
      connections: { brevo, second: { ...brevo, suppressions: ["complaints"] } },
      segments: {
        of_crm: { source: "crm" },
        of_shop: { source: "shop" },
        complaints: { addresses: "complaints.csv" },
      },
    },
  );
  await be([row("bob", 5), row("home", 5)], [row("home", 7)]);
  await story.apply();
  await story.apply({ targets: ["crm"] });
  await story.apply({ targets: ["shop"] });
  expect(await story.members(other)).toEqual(["zoe"]);
  expect(await story.members()).toEqual(["ann", "bob", "home"]);
});

it("a hand removal that one export finds in a run counts for all others of that run", async () => {
  await be([row("bob", 5)], []);
  await story.apply();
  letTimePass(600);
  await story.remote.takeOff("bob@example.com", story.list);
  await be([row("bob", 5), row("home", 5)], [row("home", 7)]);
  await story.apply();
  expect(await story.members()).toEqual(["ann", "zoe"]);
});
