import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FULL, onlyAt } from "../support/full.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

const NO_LIST = { brevo: 987654, sendgrid: "00000000-0000-4000-8000-000000000000" };

const MODES = ["add-only", "upsert", "mirror"] as const;
/** Which of them `npm test` has at which vendor. */
const MODES_TOLD = { brevo: ["add-only", "mirror"], sendgrid: ["upsert"] } as const;

/** Who may be on a list, under every mode and at every destination that differs. */
describe.each(["brevo", "sendgrid"] as const)("%s", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  let project: Project;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
  });
  afterEach(() => project.stop());

  const weekly = (more: Yaml = {}): Yaml => ({
    connection: type,
    list,
    segments: ["all"],
    match: { email: "email" },
    ...more,
  });
  const configure = (exports: Yaml, more: Yaml = {}): Promise<void> =>
    project.config({ segments: { all: { source: "crm" } }, exports, ...more });
  const people = (...names: string[]): Row[] => names.map((name) => ({ email: `${name}@example.com` }));
  const names = async (of = list): Promise<string[]> =>
    [...(await remote.members(of)).keys()].map((email) => email.split("@")[0] ?? "").sort();
  const mustBeSettled = async (name = "weekly"): Promise<void> =>
    expect((await project.planOf(name)).counts).toMatchObject({ add: 0, update: 0, remove: 0 });

  atBrevo(
    "keeps leavers under upsert and removes them, caused by the config, on the switch to mirror",
    async () => {
      await configure({ weekly: weekly({ mode: "upsert" }) });
      await project.profiles(people("ann", "bob", "carl"));
      await project.apply();
      await project.profiles(people("ann"));
      expect((await project.planOf("weekly")).counts).toMatchObject({ remove: 0, left: 2, unchanged: 1 });
      await project.apply();
      expect(await names()).toEqual(["ann", "bob", "carl"]);
      expect((await project.planOf("weekly")).counts).toMatchObject({ remove: 0, left: 2, unchanged: 1 });

      await configure({ weekly: weekly({ mode: "mirror" }) });
      const switched = await project.planOf("weekly");
      expect(switched.counts).toMatchObject({ remove: 2, left: 0 });
      expect(switched.causes.remove).toEqual({ config: 2, churn: 0, drift: 0 });
      expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 2 });
      expect(await names()).toEqual(["ann"]);
      await mustBeSettled();
    },
  );

  atSendgrid("brings back under upsert whom it let go, without adding anybody twice", async () => {
    await configure({ weekly: weekly({ mode: "upsert" }) });
    await project.profiles(people("ann", "bob"));
    await project.apply();
    await project.profiles(people("ann"));
    await project.apply();
    await project.profiles(people("ann", "bob"));
    expect((await project.planOf("weekly")).counts).toMatchObject({
      add: 0,
      update: 0,
      left: 0,
      unchanged: 2,
    });
    await project.apply();
    await configure({ weekly: weekly({ mode: "mirror" }) });
    await mustBeSettled();
  });

  atBrevo(
    "updates, once the mode allows it, what add-only found there or let come back changed",
    async () => {
      const named = (mode: string): Yaml => weekly({ mode, attributes: { firstName: "first_name" } });
      const rows = (...pairs: [string, string][]): Row[] =>
        pairs.map(([name, first_name]) => ({ email: `${name}@example.com`, first_name }));
      await remote.addStranger("found@example.com", [list], "Old");
      await configure({ weekly: named("add-only") });
      await project.profiles(rows(["found", "New"], ["ann", "Ann"], ["bob", "Bob"], ["carl", "Carl"]));
      await project.apply();
      await project.profiles(rows(["found", "New"], ["ann", "Ann"], ["carl", "Karl"]));
      await project.apply();
      await project.profiles(rows(["found", "New"], ["ann", "Ann"], ["bob", "Robert"], ["carl", "Karl"]));
      await project.apply();
      const firstNames = async (): Promise<unknown[]> => {
        const members = await remote.members(list);
        return ["ann", "bob", "carl", "found"].map(
          (name) => members.get(`${name}@example.com`)?.[remote.firstName],
        );
      };
      expect(await firstNames()).toEqual(["Ann", "Bob", "Carl", "Old"]);
      await mustBeSettled();

      await configure({ weekly: named("upsert") });
      const switched = await project.planOf("weekly");
      expect(switched.counts).toMatchObject({ add: 0, update: 3, unchanged: 1 });
      await project.apply();
      expect(await firstNames()).toEqual(["Ann", "Robert", "Karl", "New"]);
      await mustBeSettled();
    },
  );

  it("asks once what became of an update whose reply was lost, under a mode that sends none", async () => {
    const named = (mode: string): Yaml => weekly({ mode, attributes: { firstName: "first_name" } });
    await configure({ weekly: named("upsert") });
    await project.profiles([{ email: "ann@example.com", first_name: "Ann" }]);
    await project.apply();
    await project.profiles([{ email: "ann@example.com", first_name: "Bea" }]);
    const heal = project.sandbox.inject({
      vendor: type,
      method: "PUT",
      effect: { kind: "drop", carriedOut: false },
    });
    expect(await project.applyOf("weekly")).toMatchObject({ unknown: 1 });
    heal();
    await configure({ weekly: named("add-only") });
    await project.apply();
    const lookups = (): number =>
      project.exchanges.filter(({ path }) => /search\/emails$|^\/contacts\/ann/.test(path)).length;
    const before = lookups();
    await mustBeSettled();
    expect(lookups()).toBe(before);
    await configure({ weekly: named("upsert") });
    expect((await project.planOf("weekly")).counts).toMatchObject({ update: 1 });
    await project.apply();
    expect((await remote.members(list)).get("ann@example.com")).toMatchObject({ [remote.firstName]: "Bea" });
    await mustBeSettled();
  });

  it.each(FULL ? MODES : MODES_TOLD[type])("%s: withdrawn consent and suppression remove", async (mode) => {
    const consenting = (refusing: readonly string[]): Row[] =>
      ["ann", "bob", "carl", "dora"].map((name) => ({
        email: `${name}@example.com`,
        consent: !refusing.includes(name),
      }));
    const segments = { all: { source: "crm" }, complaints: { addresses: "complaints.csv" } };
    await project.write("complaints.csv", "email\nnobody@example.com\n");
    await project.config({
      segments,
      suppressions: ["complaints"],
      exports: { weekly: weekly({ mode, consent: "consent" }) },
    });
    await project.profiles(consenting([]));
    await project.apply();
    expect(await names()).toEqual(["ann", "bob", "carl", "dora"]);

    await project.profiles(consenting(["bob"]));
    await project.write("complaints.csv", "email\nnobody@example.com\n CARL@example.com\n");
    const withdrawn = await project.planOf("weekly");
    expect(withdrawn.counts).toMatchObject({ remove: 2, heldBack: { suppressed: 1, "no consent": 1 } });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 2 });
    expect(await names()).toEqual(["ann", "dora"]);
    await mustBeSettled();
  });

  it("freezes a delivered member who opts out at the vendor", async () => {
    const crm = (firstName: string, ...who: string[]): Row[] =>
      people(...who).map((row) => ({ ...row, first_name: firstName }));
    await configure({ weekly: weekly({ attributes: { firstName: "first_name" } }) });
    await project.profiles(crm("Before", "ann", "bob"));
    await project.apply();
    await remote.optOut("bob@example.com");

    await project.profiles(crm("After", "ann", "bob"));
    const planned = await project.planOf("weekly");
    expect(planned.counts).toMatchObject({ update: 1, remove: 0, heldBack: { "opted out": 1 } });
    await project.apply();
    expect(await names()).toEqual(["ann", "bob"]);
    expect((await remote.members(list)).get("bob@example.com")).toMatchObject({
      [remote.firstName]: "Before",
    });
    expect(await remote.optedOut("bob@example.com")).toBe(true);

    await project.profiles(crm("After", "ann"));
    expect((await project.planOf("weekly")).counts).toMatchObject({ update: 0, remove: 0 });
    await project.apply();
    expect(await names()).toEqual(["ann", "bob"]);
  });

  it("adds nobody who opted out before", async () => {
    await remote.addStranger("bob@example.com", []);
    await remote.optOut("bob@example.com");
    await configure({ weekly: weekly() });
    await project.profiles(people("ann", "bob"));
    await project.apply();
    expect(await names()).toEqual(["ann"]);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, heldBack: { "opted out": 1 } });
  });

  atSendgrid("holds the new address of a person back who opted out with an earlier one", async () => {
    await configure({ weekly: weekly({ match: { email: "email", id: "customer_id" } }) });
    await project.profiles([
      { email: "bob@example.com", customer_id: 7 },
      { email: "ann@example.com", customer_id: 8 },
    ]);
    await project.apply();
    await remote.optOut("bob@example.com");
    await project.profiles([
      { email: "bob.new@example.com", customer_id: 7 },
      { email: "ann@example.com", customer_id: 8 },
    ]);
    expect((await project.planOf("weekly")).counts).toMatchObject({
      add: 0,
      heldBack: { "address changed after opt-out": 1 },
    });
    await project.apply();
    expect(await names()).toEqual(["ann", "bob"]);
    await mustBeSettled();
  });

  atBrevo("leaves a person on the list while another export claims the place", async () => {
    const both = {
      first: weekly({ segments: ["first"] }),
      second: weekly({ segments: ["second"], mode: "upsert" }),
    };
    const segments = {
      first: { source: "crm", where: "first" },
      second: { source: "crm", where: "second" },
    };
    await project.config({ segments, exports: both });
    const row = (name: string, first: boolean, second: boolean): Row => ({
      email: `${name}@example.com`,
      first,
      second,
    });
    await project.profiles([row("ann", true, true), row("bob", true, false), row("carl", false, true)]);
    await project.apply();
    expect(await names()).toEqual(["ann", "bob", "carl"]);
    await mustBeSettled("first");
    await mustBeSettled("second");

    await project.profiles([row("ann", false, true), row("bob", true, false), row("carl", false, true)]);
    expect((await project.planOf("first")).counts).toMatchObject({ remove: 0 });
    await project.apply();
    expect(await names()).toEqual(["ann", "bob", "carl"]);

    await project.profiles([row("ann", true, true), row("carl", false, true)]);
    await project.apply();
    expect(await names()).toEqual(["ann", "carl"]);
    await mustBeSettled("first");
    await mustBeSettled("second");
  });

  atSendgrid(
    "puts a person back who left under upsert and was then removed by another export's mirror",
    async () => {
      const segments = {
        first: { source: "crm", where: "first" },
        second: { source: "crm", where: "second" },
      };
      await project.config({
        segments,
        exports: {
          first: weekly({ segments: ["first"] }),
          second: weekly({ segments: ["second"], mode: "upsert" }),
        },
      });
      const row = (name: string, first: boolean, second: boolean): Row => ({
        email: `${name}@example.com`,
        first,
        second,
      });
      const others = [row("ann", true, true), row("carl", true, true)];
      await project.profiles([...others, row("bob", true, true), row("dora", true, true)]);
      await project.apply();
      // Bob leaves both at once, Dora one after the other.
      await project.profiles([...others, row("dora", true, false)]);
      await project.apply();
      expect(await names()).toEqual(["ann", "carl", "dora"]);
      await project.profiles(others);
      await project.apply();
      expect(await names()).toEqual(["ann", "carl"]);
      await mustBeSettled("first");
      await mustBeSettled("second");

      await project.profiles([...others, row("bob", false, true), row("dora", false, true)]);
      expect((await project.planOf("second")).counts).toMatchObject({ add: 2 });
      await project.apply();
      expect(await names()).toEqual(["ann", "bob", "carl", "dora"]);
      await mustBeSettled("second");
    },
  );

  atSendgrid("goes on with the other exports when one fails, and says why", async () => {
    const other = await remote.addList("other");
    await configure({
      weekly: weekly(),
      broken: weekly({ list: NO_LIST[type] }),
      daily: weekly({ list: other }),
    });
    await project.profiles(people("ann"));
    const planned = await project.plan();
    expect(planned.exports.map(({ name, error }) => [name, error?.kind])).toEqual([
      ["weekly", undefined],
      ["broken", "not-found"],
      ["daily", undefined],
    ]);
    const run = await project.apply();
    expect(run.exports.map(({ name, status }) => [name, status])).toEqual([
      ["weekly", "succeeded"],
      ["broken", "failed"],
      ["daily", "succeeded"],
    ]);
    expect(await names(other)).toEqual(["ann"]);
  });

  atBrevo("refuses another list under the same name and sends nothing", async () => {
    await configure({ weekly: weekly() });
    await project.profiles(people("ann"));
    await project.apply();
    const other = await remote.addList("other");
    await configure({ weekly: weekly({ list: other }) });
    expect((await project.planOf("weekly")).error).toMatchObject({ kind: "refused" });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed", error: { kind: "refused" } });
    expect(await names(other)).toEqual([]);
    expect(await names()).toEqual(["ann"]);
  });

  it("creates a list by name once and finds it again", async () => {
    const named = {
      name: "Customers 2026",
      create: true,
      ...(type === "brevo" ? { folder: "Rollcall" } : {}),
    };
    await configure({ weekly: weekly({ list: named }) });
    await project.profiles(people("ann"));
    expect((await project.planOf("weekly")).list).toMatchObject({ create: true, name: "Customers 2026" });
    await project.apply();
    await project.profiles(people("ann", "bob"));
    expect((await project.planOf("weekly")).list).toMatchObject({ create: false, name: "Customers 2026" });
    await project.apply();
    const ids =
      type === "brevo"
        ? project.sandbox.brevo().listIds("Customers 2026").map(String)
        : project.sandbox.sendgrid().listIds("Customers 2026");
    expect(ids).toHaveLength(1);
    expect(await names(ids[0])).toEqual(["ann", "bob"]);
    await mustBeSettled();
  });

  atBrevo("never creates a list that it was not told to create", async () => {
    await configure({ weekly: weekly({ list: { name: "Nowhere" } }) });
    await project.profiles(people("ann"));
    expect((await project.planOf("weekly")).error).toMatchObject({ kind: "not-found" });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed" });
  });
});
