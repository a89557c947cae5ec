import { afterEach, beforeEach, expect, it } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";

/** Two exports on one list know different people behind one address; a "no" of either keeps it off. */
let project: Project;
let remote: Remote;
let list: string;
let other: string;

beforeEach(async () => {
  project = await openProject();
  remote = remoteOf(project, "brevo");
  list = await remote.addList("customers");
  other = await remote.addList("clients");
  await config({ crm: on("crm"), shop: on("shop") });
});
afterEach(async () => {
  resetClock();
  await project.stop();
});

const on = (source: string, more: Yaml = {}): Yaml => ({
  connection: "brevo",
  list,
  segments: [`of_${source}`],
  match: { email: "email", id: "id" },
  mode: "upsert",
  safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } },
  ...more,
});
const config = (exports: Yaml, more: Yaml = {}): Promise<void> =>
  project.config({
    sources: {
      crm: { type: "files", path: "crm.csv" },
      shop: { type: "files", path: "shop.csv" },
    },
    segments: { of_crm: { source: "crm" }, of_shop: { source: "shop" } },
    exports,
    ...more,
  });
const row = (name: string, id: number): Row => ({ email: `${name}@example.com`, id });
const be = async (crm: Row[], shop: Row[]): Promise<void> => {
  await project.profiles([row("ann", 1), ...crm], "crm.csv");
  await project.profiles([row("zoe", 2), ...shop], "shop.csv");
};
const names = async (of = list): Promise<string[]> =>
  [...(await remote.members(of)).keys()].map((email) => email.split("@")[0] ?? "").sort();

it("whose export runs first, alone, or together makes no difference once it is known", async () => {
  await be([row("bob", 5)], []);
  await project.apply({ targets: ["crm"] });
  await remote.optOut("bob@example.com");
  // Bob shares an address with Eve, of whom the other export knows alone.
  await be([row("bob", 5), row("home", 5)], [row("home", 7), row("eve", 7)]);
  const planned = await project.planOf("shop");
  expect(planned.counts).toMatchObject({ add: 2, heldBack: { "address changed after opt-out": 1 } });
  await project.apply({ targets: ["crm"] });
  await project.apply({ targets: ["shop"] });
  expect(await names()).toEqual(["ann", "bob", "eve", "zoe"]);
  for (const { counts } of (await project.plan()).exports)
    expect(counts).toMatchObject({ add: 0, update: 0, remove: 0 });

  // Once nobody says so any more, the address is Eve's.
  await be([row("bob", 5)], [row("home", 7), row("eve", 7)]);
  await project.apply();
  expect(await names()).toEqual(["ann", "bob", "eve", "home", "zoe"]);
});

it("what only the other export's profiles know of somebody who was never ours counts in the same run", async () => {
  await remote.addStranger("bob@example.com", []);
  await remote.optOut("bob@example.com");
  await be([row("bob2", 5)], [row("bob", 5)]);
  await project.apply();
  expect(await names()).toEqual(["ann", "zoe"]);
});

it("who was taken off one list may be on another, and an export that is let go knows nothing any more", async () => {
  await be([row("bob", 5)], []);
  await project.apply({ targets: ["crm"] });
  letTimePass(600);
  await remote.takeOff("bob@example.com", list);
  await project.drift({ record: true });
  await be([row("bob", 5), row("home", 5)], [row("home", 7)]);
  await project.apply();
  expect(await names()).toEqual(["ann", "zoe"]);
  await config(
    { crm: on("crm"), shop: on("shop", { list: other }) },
    { moved: [{ export: "shop", fromList: list, toList: other, oldMembers: "keep" }] },
  );
  await project.apply();
  expect(await names(other)).toEqual(["zoe"]);
  await config(
    { shop: on("shop", { list: other }), next: on("shop") },
    { removed: [{ export: "crm", members: "keep" }] },
  );
  await project.apply();
  await project.apply();
  expect(await names()).toContain("home");
});

it("what an export knows stands under its new name, and whatever other run came in between", async () => {
  await be([row("bob", 5)], []);
  await project.apply({ targets: ["crm"] });
  await remote.optOut("bob@example.com");
  await be([row("bob", 5), row("home", 5)], [row("home", 7)]);
  await project.apply();
  const moved = await rollcall(["state", "mv", "crm", "people", "--auto-approve"], { cwd: project.folder });
  expect(moved.code, moved.stderr).toBe(0);
  await config({ people: on("crm"), shop: on("shop") });
  await project.apply({ targets: ["shop"] });
  expect(await names()).toEqual(["ann", "bob", "zoe"]);
  await project.apply({ targets: ["people"] });
  await project.apply({ targets: ["shop"] });
  expect(await names()).toEqual(["ann", "bob", "zoe"]);
});

it("whom only another connection to the account suppresses is known by what any export knows of them", async () => {
  await project.write("complaints.csv", "email\nbob@example.com\n");
  const { brevo } = project.connections();
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
  await project.apply();
  await project.apply({ targets: ["crm"] });
  await project.apply({ targets: ["shop"] });
  expect(await names(other)).toEqual(["zoe"]);
  expect(await names()).toEqual(["ann", "bob", "home"]);
});

it("a hand removal that one export finds out in a run counts for all others of that run", async () => {
  await be([row("bob", 5)], []);
  await project.apply();
  letTimePass(600);
  await remote.takeOff("bob@example.com", list);
  await be([row("bob", 5), row("home", 5)], [row("home", 7)]);
  await project.apply();
  expect(await names()).toEqual(["ann", "zoe"]);
});
