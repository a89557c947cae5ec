import { afterEach, beforeEach, expect, it } from "vitest";
import { plan } from "../../src/usecases/plan.js";
import { FULL } from "../support/full.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";

/** An export that moves to another list takes with it who unsubscribed from the old one. */
let project: Project;
let lists: { customers: number; clients: number; third: number };

beforeEach(async () => {
  project = await openProject();
  const state = project.sandbox.brevo();
  lists = {
    customers: state.addList("customers"),
    clients: state.addList("clients"),
    third: state.addList("third"),
  };
});
afterEach(async () => {
  resetClock();
  await project.stop();
});

const weekly = (list: number, more: Yaml = {}): Yaml => ({
  connection: "brevo",
  list: String(list),
  segments: ["all"],
  match: { email: "email", id: "id" },
  safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } },
  ...more,
});
const config = (exports: Yaml, more: Yaml = {}): Promise<void> =>
  project.config({
    connections: { brevo: project.connections({ optOuts: { maxAge: "1s" } })["brevo"] },
    segments: { all: { source: "crm" } },
    exports,
    ...more,
  });
const people = (...names: string[]): Promise<void> =>
  project.profiles(
    names.map((name): Row => ({ email: `${name}@example.com`, id: name.replace(/\d+$/, "") })),
  );
const block = (from: number, to: number, more: Yaml = {}): Yaml => ({
  export: "weekly",
  fromList: String(from),
  toList: String(to),
  oldMembers: "keep",
  ...more,
});
const on = (list: number): string[] =>
  project.sandbox
    .brevo()
    .members(list)
    .filter(({ listUnsubscribed }) => !listUnsubscribed.includes(list))
    .map(({ email }) => email.split("@")[0] ?? "")
    .sort();
const unsubscribe = (name: string, list: number): void =>
  project.sandbox.brevo().unsubscribe(`${name}@example.com`, list);

it.each(FULL ? ["keep", "remove"] : ["keep"])(
  "a person who unsubscribed from the old list stays off every later one (old members: %s)",
  async (oldMembers) => {
    const { customers, clients, third } = lists;
    await config({ weekly: weekly(customers) });
    await people("ann", "bob", "carl", "dora", "eve");
    await project.apply();
    unsubscribe("bob", customers);
    // The person behind an address that is not in the data any more.
    unsubscribe("carl", customers);
    await people("ann", "bob", "carl2", "dora", "eve");

    const moved = [block(customers, clients, { oldMembers })];
    await config({ weekly: weekly(clients) }, { moved });
    const run = await project.planAndApply("weekly");
    expect(run.planned.counts).toMatchObject({
      add: 3,
      heldBack: { "opted out": 1, "address changed after opt-out": 1 },
    });
    expect(run.result).toMatchObject({ status: "succeeded", added: 3 });
    expect(on(clients)).toEqual(["ann", "dora", "eve"]);
    expect((await project.planOf("weekly")).counts).toMatchObject({
      add: 0,
      update: 0,
      remove: 0,
      heldBack: { "opted out": 1, "address changed after opt-out": 1 },
    });

    // A click in an old mail means the same, wherever its topic has gone.
    unsubscribe("dora", customers);
    const click = await project.planAndApply("weekly");
    expect(click.planned.counts).toMatchObject({ remove: 1 });
    expect(click.result).toMatchObject({ status: "succeeded", removed: 1 });
    expect(on(clients)).toEqual(["ann", "eve"]);

    // On, under another name, and after that back to where it came from.
    await config(
      { letter: weekly(third) },
      {
        moved: [...moved, { from: "weekly", to: "letter" }, { ...block(clients, third), export: "letter" }],
      },
    );
    await project.apply();
    expect(on(third)).toEqual(["ann", "eve"]);
    unsubscribe("eve", third);
    project.sandbox.brevo().deleteList(customers);
    const back = project.sandbox.brevo().addList("back");
    await config(
      { letter: weekly(back) },
      {
        moved: [
          { from: "weekly", to: "letter" },
          { ...block(third, back), export: "letter" },
        ],
      },
    );
    await project.apply();
    expect(on(back)).toEqual(["ann"]);
  },
);

it("opt-outs of the old list count until the last moment, also where the new one is made", async () => {
  await config({ weekly: weekly(lists.customers) });
  await people("ann", "bob", "carl");
  await project.apply();
  await config(
    { weekly: weekly(0, { list: { name: "New ones", create: true } }) },
    { moved: [{ ...block(lists.customers, 0), toList: "New ones" }] },
  );
  await project.applyResult({
    approve: async () => {
      unsubscribe("bob", lists.customers);
      letTimePass(2);
      return true;
    },
  });
  const [made = 0] = project.sandbox.brevo().listIds("New ones");
  expect(on(made)).toEqual(["ann", "carl"]);
  expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, heldBack: { "opted out": 1 } });
});

it("an opt-out of the old list binds a saved plan, and others on the new list stay", async () => {
  const { customers, clients } = lists;
  await config({ weekly: weekly(customers), other: weekly(clients, { segments: ["some"] }) }, some);
  await people("ann", "bob", "carl");
  await project.apply();
  unsubscribe("bob", customers);
  await config(
    { weekly: weekly(clients, { mode: "upsert" }), other: weekly(clients, { segments: ["some"] }) },
    { ...some, moved: [block(customers, clients)] },
  );
  const { file } = await plan({
    cwd: project.folder,
    save: { base: undefined },
    emit: () => undefined,
    signal: new AbortController().signal,
  });
  unsubscribe("carl", customers);
  await project.apply({ saved: file });
  expect(on(clients)).toEqual(["ann", "bob"]);
  const planned = await project.plan();
  for (const { counts } of planned.exports) expect(counts).toMatchObject({ add: 0, update: 0, remove: 0 });
});

it("a plan warns when the same people go to another list without `moved`, and remembers the list's past", async () => {
  const { customers, clients, third } = lists;
  await config({ weekly: weekly(customers) });
  await people("ann", "bob", "carl");
  await project.apply();
  unsubscribe("bob", customers);
  await config({ weekly: weekly(clients) }, { moved: [block(customers, clients)] });
  await project.apply();
  expect(on(clients)).toEqual(["ann", "carl"]);

  // Another topic, as far as anybody can tell.
  const removed = [{ export: "weekly", members: "keep" }];
  await config({ other: weekly(third) }, { removed });
  const planned = await project.planOf("other");
  expect(planned.counts).toMatchObject({ add: 3 });
  expect(planned.checks).toMatchObject([{ name: "unsubscribed-elsewhere", status: "warning" }]);
  expect(planned.checks[0]?.message).toBe(
    "1 person to be added unsubscribed from another list of this account.",
  );

  // The list that others came to keeps what they had said.
  await config({ other: weekly(clients) }, { removed });
  expect((await project.planAndApply("other")).planned.counts).toMatchObject({
    add: 0,
    heldBack: { "opted out": 1 },
  });
  await people("ann", "bob", "carl", "dora");
  await project.apply();
  expect(on(clients)).toEqual(["ann", "carl", "dora"]);
});

const some: Yaml = {
  segments: { all: { source: "crm" }, some: { source: "crm", where: "id = 'bob'" } },
};

it("a person taken off the old list by hand holds up the move while no record has them", async () => {
  const { customers, clients } = lists;
  await config({ weekly: weekly(customers) });
  await people("ann", "bob", "carl");
  await project.apply();
  const brevo = project.sandbox.brevo();
  brevo.removeFromList("bob@example.com", customers);
  letTimePass(600);
  const moving = (more: Yaml = {}): Promise<void> =>
    config({ weekly: weekly(clients, more) }, { moved: [block(customers, clients)] });
  await moving();
  expect((await project.planAndApply("weekly")).planned.error?.message).toContain(
    "others took 1 person off list",
  );
  expect(on(clients)).toEqual([]);

  await moving({ drift: { removed: "restore" } });
  await project.apply();
  expect(on(clients)).toEqual(["ann", "bob", "carl"]);
});
