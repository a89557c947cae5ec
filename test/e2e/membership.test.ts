import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FULL, onlyAt } from "../support/full.js";
import { people, person } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

const NO_LIST = { brevo: 987654, sendgrid: "00000000-0000-4000-8000-000000000000" };

const MODES = ["add-only", "upsert", "mirror"] as const;
/** Which of them `npm test` has at which vendor. */
const MODES_TOLD = { brevo: ["add-only", "mirror"], sendgrid: ["upsert"] } as const;

/** Who may be on a list, under every mode and at every destination that differs. */
describe.each(["brevo", "sendgrid"] as const)("%s", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  let story: Story;

  beforeEach(async () => {
    story = await openStory(type);
  });
  afterEach(() => story.stop());

  const named = (mode: string): Yaml => ({ mode, attributes: { firstName: "first_name" } });
  /** Who is in which of two exports. */
  const row = (name: string, first: boolean, second: boolean): Row => person(name, { first, second });
  const configureBoth = (): Promise<void> =>
    story.config({
      segments: { first: { source: "crm", where: "first" }, second: { source: "crm", where: "second" } },
      exports: {
        first: story.weekly({ segments: ["first"] }),
        second: story.weekly({ segments: ["second"], mode: "upsert" }),
      },
    });

  atBrevo(
    "keeps leavers under upsert and removes them, caused by the config, on the switch to mirror",
    async () => {
      await story.configure({ mode: "upsert" });
      await story.people("ann", "bob", "carl");
      await story.apply();
      await story.people("ann");
      expect((await story.planAndApply("weekly")).planned.counts).toMatchObject({
        remove: 0,
        left: 2,
        unchanged: 1,
      });
      expect(await story.members()).toEqual(["ann", "bob", "carl"]);
      expect((await story.planOf("weekly")).counts).toMatchObject({ remove: 0, left: 2, unchanged: 1 });

      await story.configure({ mode: "mirror" });
      const { planned: switched, result } = await story.planAndApply("weekly");
      expect(switched.counts).toMatchObject({ remove: 2, left: 0 });
      expect(switched.causes.remove).toEqual({ config: 2, churn: 0, drift: 0 });
      expect(result).toMatchObject({ status: "succeeded", removed: 2 });
      expect(await story.members()).toEqual(["ann"]);
      await story.mustBeSettled();
    },
  );

  atSendgrid("brings back under upsert whom it let go, without adding anybody twice", async () => {
    await story.configure({ mode: "upsert" });
    await story.people("ann", "bob");
    await story.apply();
    await story.people("ann");
    await story.apply();
    await story.people("ann", "bob");
    expect((await story.planAndApply("weekly")).planned.counts).toMatchObject({
      add: 0,
      update: 0,
      left: 0,
      unchanged: 2,
    });
    await story.configure({ mode: "mirror" });
    await story.mustBeSettled();
  });

  atBrevo(
    "updates, once the mode allows it, what add-only found there or let come back changed",
    async () => {
      const rows = (...pairs: [string, string][]): Row[] =>
        pairs.map(([name, first_name]) => person(name, { first_name }));
      await story.remote.addStranger("found@example.com", [story.list], "Old");
      await story.configure(named("add-only"));
      await story.profiles(rows(["found", "New"], ["ann", "Ann"], ["bob", "Bob"], ["carl", "Carl"]));
      await story.apply();
      await story.profiles(rows(["found", "New"], ["ann", "Ann"], ["carl", "Karl"]));
      await story.apply();
      await story.profiles(rows(["found", "New"], ["ann", "Ann"], ["bob", "Robert"], ["carl", "Karl"]));
      await story.apply();
      const firstNames = (): Promise<unknown[]> =>
        Promise.all(
          ["ann", "bob", "carl", "found"].map(
            async (name) => (await story.stored(name))[story.remote.firstName],
          ),
        );
      expect(await firstNames()).toEqual(["Ann", "Bob", "Carl", "Old"]);
      await story.mustBeSettled();

      await story.configure(named("upsert"));
      const { planned: switched } = await story.planAndApply("weekly");
      expect(switched.counts).toMatchObject({ add: 0, update: 3, unchanged: 1 });
      expect(await firstNames()).toEqual(["Ann", "Robert", "Karl", "New"]);
      await story.mustBeSettled();
    },
  );

  it("looks up once what became of an update whose reply was lost, also in a mode that sends none", async () => {
    await story.configure(named("upsert"));
    await story.profiles([person("ann", { first_name: "Ann" })]);
    await story.apply();
    await story.profiles([person("ann", { first_name: "Bea" })]);
    const heal = story.sandbox.inject({
      vendor: type,
      method: "PUT",
      effect: { kind: "drop", carriedOut: false },
    });
    expect(await story.applyOf("weekly")).toMatchObject({ unknown: 1 });
    heal();
    await story.configure(named("add-only"));
    await story.apply();
    const lookups = (): number =>
      story.exchanges.filter(({ path }) => /search\/emails$|^\/contacts\/ann/.test(path)).length;
    const before = lookups();
    await story.mustBeSettled();
    expect(lookups()).toBe(before);
    await story.configure(named("upsert"));
    expect((await story.planAndApply("weekly")).planned.counts).toMatchObject({ update: 1 });
    expect(await story.stored("ann")).toMatchObject({
      [story.remote.firstName]: "Bea",
    });
    await story.mustBeSettled();
  });

  it.each(FULL ? MODES : MODES_TOLD[type])(
    "%s: removes people whose consent is withdrawn or who are suppressed",
    async (mode) => {
      const consenting = (refusing: readonly string[]): Row[] =>
        ["ann", "bob", "carl", "dora"].map((name) => person(name, { consent: !refusing.includes(name) }));
      const segments = { all: { source: "crm" }, complaints: { addresses: "complaints.csv" } };
      await story.write("complaints.csv", "email\nnobody@example.com\n");
      await story.config({
        segments,
        suppressions: ["complaints"],
        exports: { weekly: story.weekly({ mode, consent: "consent" }) },
      });
      await story.profiles(consenting([]));
      await story.apply();
      expect(await story.members()).toEqual(["ann", "bob", "carl", "dora"]);

      await story.profiles(consenting(["bob"]));
      await story.write("complaints.csv", "email\nnobody@example.com\n CARL@example.com\n");
      const { planned: withdrawn, result } = await story.planAndApply("weekly");
      expect(withdrawn.counts).toMatchObject({ remove: 2, heldBack: { suppressed: 1, "no consent": 1 } });
      expect(result).toMatchObject({ status: "succeeded", removed: 2 });
      expect(await story.members()).toEqual(["ann", "dora"]);
      await story.mustBeSettled();
    },
  );

  it("leaves a delivered member alone who opts out at the vendor", async () => {
    const crm = (firstName: string, ...who: string[]): Row[] => people(who, { first_name: firstName });
    await story.configure({ attributes: { firstName: "first_name" } });
    await story.profiles(crm("Before", "ann", "bob"));
    await story.apply();
    await story.remote.optOut("bob@example.com");

    await story.profiles(crm("After", "ann", "bob"));
    const { planned } = await story.planAndApply("weekly");
    expect(planned.counts).toMatchObject({ update: 1, remove: 0, heldBack: { "opted out": 1 } });
    expect(await story.members()).toEqual(["ann", "bob"]);
    expect(await story.stored("bob")).toMatchObject({
      [story.remote.firstName]: "Before",
    });
    expect(await story.remote.optedOut("bob@example.com")).toBe(true);

    await story.profiles(crm("After", "ann"));
    expect((await story.planAndApply("weekly")).planned.counts).toMatchObject({ update: 0, remove: 0 });
    expect(await story.members()).toEqual(["ann", "bob"]);
  });

  it("adds nobody who opted out before", async () => {
    await story.remote.addStranger("bob@example.com", []);
    await story.remote.optOut("bob@example.com");
    await story.configure();
    await story.people("ann", "bob");
    await story.apply();
    expect(await story.members()).toEqual(["ann"]);
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0, heldBack: { "opted out": 1 } });
  });

  atSendgrid("holds the new address of a person back who opted out with an earlier one", async () => {
    await story.configure({ match: { email: "email", id: "customer_id" } });
    await story.profiles([person("bob", { customer_id: 7 }), person("ann", { customer_id: 8 })]);
    await story.apply();
    await story.remote.optOut("bob@example.com");
    await story.profiles([person("bob.new", { customer_id: 7 }), person("ann", { customer_id: 8 })]);
    expect((await story.planAndApply("weekly")).planned.counts).toMatchObject({
      add: 0,
      heldBack: { "address changed after opt-out": 1 },
    });
    expect(await story.members()).toEqual(["ann", "bob"]);
    await story.mustBeSettled();
  });

  atBrevo("leaves a person on the list while another export claims the place", async () => {
    await configureBoth();
    await story.profiles([row("ann", true, true), row("bob", true, false), row("carl", false, true)]);
    await story.apply();
    expect(await story.members()).toEqual(["ann", "bob", "carl"]);
    await story.mustBeSettled();

    await story.profiles([row("ann", false, true), row("bob", true, false), row("carl", false, true)]);
    expect((await story.planAndApply("first")).planned.counts).toMatchObject({ remove: 0 });
    expect(await story.members()).toEqual(["ann", "bob", "carl"]);

    await story.profiles([row("ann", true, true), row("carl", false, true)]);
    await story.apply();
    expect(await story.members()).toEqual(["ann", "carl"]);
    await story.mustBeSettled();
  });

  atSendgrid(
    "puts a person back who left under upsert and was then removed by another export's mirror",
    async () => {
      await configureBoth();
      const others = [row("ann", true, true), row("carl", true, true)];
      await story.profiles([...others, row("bob", true, true), row("dora", true, true)]);
      await story.apply();
      // Bob leaves both at once, Dora one after the other.
      await story.profiles([...others, row("dora", true, false)]);
      await story.apply();
      expect(await story.members()).toEqual(["ann", "carl", "dora"]);
      await story.profiles(others);
      await story.apply();
      expect(await story.members()).toEqual(["ann", "carl"]);
      await story.mustBeSettled();

      await story.profiles([...others, row("bob", false, true), row("dora", false, true)]);
      expect((await story.planAndApply("second")).planned.counts).toMatchObject({ add: 2 });
      expect(await story.members()).toEqual(["ann", "bob", "carl", "dora"]);
      await story.mustBeSettled();
    },
  );

  atSendgrid("goes on with the other exports when one fails, and says why", async () => {
    const other = await story.remote.addList("other");
    await story.config({
      exports: {
        weekly: story.weekly(),
        broken: story.weekly({ list: NO_LIST[type] }),
        daily: story.weekly({ list: other }),
      },
    });
    await story.people("ann");
    const { plan, run } = await story.planAndApply("weekly");
    expect(plan.exports.map(({ name, error }) => [name, error?.kind])).toEqual([
      ["weekly", undefined],
      ["broken", "not-found"],
      ["daily", undefined],
    ]);
    expect(run.exports.map(({ name, status }) => [name, status])).toEqual([
      ["weekly", "succeeded"],
      ["broken", "failed"],
      ["daily", "succeeded"],
    ]);
    expect(await story.members(other)).toEqual(["ann"]);
  });

  atBrevo("refuses another list under the same name and sends nothing", async () => {
    await story.configure();
    await story.people("ann");
    await story.apply();
    const other = await story.remote.addList("other");
    await story.configure({ list: other });
    const run = await story.planAndApply("weekly");
    expect(run.planned.error).toMatchObject({ kind: "refused" });
    expect(run.result).toMatchObject({ status: "failed", error: { kind: "refused" } });
    expect(await story.members(other)).toEqual([]);
    expect(await story.members()).toEqual(["ann"]);
  });

  it("creates a list by name once and finds it again", async () => {
    const named = {
      name: "Customers 2026",
      create: true,
      ...(type === "brevo" ? { folder: "Rollcall" } : {}),
    };
    await story.configure({ list: named });
    await story.people("ann");
    expect((await story.planAndApply("weekly")).planned.list).toMatchObject({
      create: true,
      name: "Customers 2026",
    });
    await story.people("ann", "bob");
    expect((await story.planAndApply("weekly")).planned.list).toMatchObject({
      create: false,
      name: "Customers 2026",
    });
    const ids =
      type === "brevo"
        ? story.sandbox.brevo().listIds("Customers 2026").map(String)
        : story.sandbox.sendgrid().listIds("Customers 2026");
    expect(ids).toHaveLength(1);
    expect(await story.members(ids[0])).toEqual(["ann", "bob"]);
    await story.mustBeSettled();
  });

  atBrevo("never creates a list that it was not told to create", async () => {
    await story.configure({ list: { name: "Nowhere" } });
    await story.people("ann");
    const run = await story.planAndApply("weekly");
    expect(run.planned.error).toMatchObject({ kind: "not-found" });
    expect(run.result).toMatchObject({ status: "failed" });
  });
});
