import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { onlyAt } from "../support/full.js";
import { person } from "../support/people.js";
import { BREVO_KEY, SENDGRID_KEY, type Yaml } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

describe.each(["brevo", "sendgrid"] as const)("%s: opt-outs", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  let story: Story;

  beforeEach(async () => {
    story = await openStory(type, {
      behaviour: "pessimistic",
      weekly: { match: { email: "email", id: "id" }, attributes: { firstName: "name" } },
      person: (name) => person(name, { id: name, name: "Ann" }),
    });
  });
  afterEach(async () => {
    resetClock();
    await story.stop();
  });

  const configure = (more: Yaml = {}): Promise<void> =>
    story.configure(more, {
      connections: { [type]: story.connections({ optOuts: { maxAge: "1s" } })[type] },
    });
  const applyWhile = async (meanwhile: () => Promise<void>): Promise<unknown> => {
    const { run } = await story.applyResult({
      approve: async () => {
        await meanwhile();
        // Past what the connection calls fresh.
        letTimePass(2);
        return true;
      },
    });
    return run?.exports[0];
  };

  const plain = "anna@xn--bcher-kva.example";
  const unicode = "anna@bücher.example";
  for (const [blocked, twin] of [
    [plain, unicode],
    [unicode, plain],
  ] as const)
    atBrevo(`of ${blocked} stand although a contact called ${twin} is seen without one`, async () => {
      const bob = person("bob", { id: "bob", name: "Bob" });
      await configure();
      await story.profiles([bob]);
      await story.remote.addStranger(blocked, []);
      await story.remote.optOut(blocked);
      await story.apply();
      letTimePass(600);
      await story.remote.addStranger(twin, []);
      await story.profiles([bob, { email: unicode, id: "anna", name: "Anna" }]);
      await story.apply();
      expect(await story.members()).toEqual(["bob"]);
    });

  it("count when they come while somebody looks at the plan, and people return when they end", async () => {
    await configure();
    await story.people("ann", "bob");
    for (const one of ["bob", "carl"]) await story.remote.addStranger(`${one}@example.com`, []);
    const first = await applyWhile(() => story.remote.optOut("bob@example.com"));
    expect(first).toMatchObject({ status: "succeeded", added: 1 });
    expect(await story.members()).toEqual(["ann"]);
    expect(await story.remote.optedOut("bob@example.com")).toBe(true);
    expect(story.events).toContainEqual(
      expect.objectContaining({ type: "warning", message: expect.stringContaining("held back") as string }),
    );

    // Also under another address that comes only now, and for members.
    await story.profiles([
      person("ann", { id: "ann", name: "Bea" }),
      person("bob2", { id: "bob", name: "Bea" }),
      person("carl", { id: "carl", name: "Bea" }),
    ]);
    expect((await story.planOf("weekly")).counts.heldBack).toEqual({ "address changed after opt-out": 1 });
    await applyWhile(() => story.remote.optOut("ann@example.com"));
    expect(await story.members()).toEqual(["ann", "carl"]);
    expect((await story.remote.members(story.list)).get("ann@example.com")).toMatchObject({
      [story.remote.firstName]: "Ann",
    });

    await resubscribe("bob@example.com");
    await resubscribe("ann@example.com");
    expect(await story.applyOf("weekly")).toMatchObject({ added: 1, updated: 1 });
    expect(await story.members()).toEqual(["ann", "bob2", "carl"]);
    const { counts } = await story.planOf("weekly");
    expect(counts).toMatchObject({ add: 0, update: 0, remove: 0, heldBack: {} });
  });

  it("hold back the person's new address, too, when they come while somebody looks at the plan", async () => {
    await configure();
    await story.people("ann", "bob");
    await story.apply();
    await story.profiles([
      person("ann2", { id: "ann", name: "Ann" }),
      person("bob", { id: "bob", name: "Ann" }),
      person("carl", { id: "carl", name: "Ann" }),
    ]);
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 2 });
    expect(await applyWhile(() => story.remote.optOut("ann@example.com"))).toMatchObject({ added: 1 });
    expect(await story.members()).not.toContain("ann2");
    expect(await story.members()).toContain("carl");
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0 });
  });

  /** What the person does in the vendor's form. */
  async function resubscribe(email: string): Promise<void> {
    const { brevoUrl, sendgridUrl } = story.sandbox;
    const { status } =
      type === "brevo"
        ? await fetch(`${brevoUrl}/contacts/${encodeURIComponent(email)}`, {
            method: "PUT",
            headers: { "api-key": BREVO_KEY, "content-type": "application/json" },
            body: JSON.stringify({ emailBlacklisted: false }),
          })
        : await fetch(`${sendgridUrl}/v3/asm/suppressions/global/${encodeURIComponent(email)}`, {
            method: "DELETE",
            headers: { authorization: `Bearer ${SENDGRID_KEY}` },
          });
    expect(status).toBe(204);
  }

  atBrevo("hold after the contact was deleted, also where all contacts are read each time", async () => {
    await configure({ attributes: { SMS: { column: "phone", type: "phone", as: "sms" } } });
    const state = story.sandbox.brevo();
    const all = ["ann", "bob", "carl", "dora"];
    const rows = all.map((name) => person(name, { id: name, phone: "" }));
    await story.profiles(rows.slice(0, 3));
    await story.apply();
    state.blocklist("bob@example.com");
    state.unsubscribe("carl@example.com", Number(story.list));
    // Opted out before anybody of us knew of them.
    await story.remote.addStranger("dora@example.com", []);
    state.blocklist("dora@example.com");
    await story.apply();
    for (const one of ["bob", "carl", "dora"])
      await fetch(`${story.sandbox.brevoUrl}/contacts/${one}%40example.com`, {
        method: "DELETE",
        headers: { "api-key": BREVO_KEY },
      });
    await story.profiles(rows);
    expect((await story.planAndApply("weekly")).planned.counts).toMatchObject({
      add: 0,
      heldBack: { "opted out": 3 },
    });
    expect(await story.members()).toEqual(["ann"]);
    // Under a new address as well.
    await story.profiles(
      rows.map((row) => ({ ...row, email: String(row["email"]).replace("dora", "dora2") })),
    );
    await story.apply();
    expect(await story.members()).toEqual(["ann"]);
    // Somebody who is there again, and wants to be.
    await story.remote.addStranger("bob@example.com", []);
    expect((await story.planOf("weekly")).counts).toMatchObject({
      heldBack: { "opted out": 1, "address changed after opt-out": 1 },
    });
  });

  atBrevo("and limits count as strictly as the strictest connection to the account says", async () => {
    const connection = story.connections()[type] ?? {};
    const other = await story.remote.addList("other");
    await story.config({
      connections: {
        lax: { ...connection, contract: { contacts: 100 } },
        strict: { ...connection, contract: { contacts: 2 } },
      },
      exports: {
        first: { connection: "lax", list: story.list, segments: ["all"], match: { email: "email" } },
        second: { connection: "strict", list: other, segments: ["all"], match: { email: "email" } },
      },
    });
    await story.people("ann", "bob", "carl");
    const { plan, run } = await story.planAndApply("first");
    expect(plan.accounts).toMatchObject([
      { limit: 2, checks: [{ name: "max-addresses", status: "failed" }] },
    ]);
    expect(run.exports.map(({ status }) => status)).toEqual(["refused", "refused"]);
  });
});
