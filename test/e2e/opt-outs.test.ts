import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { onlyAt } from "../support/full.js";
import { BREVO_KEY, openProject, SENDGRID_KEY, type Project, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

describe.each(["brevo", "sendgrid"] as const)("%s: opt-outs", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  let project: Project;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject({ behaviour: "pessimistic" });
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
  });
  afterEach(async () => {
    resetClock();
    await project.stop();
  });

  const configure = (more: Yaml = {}): Promise<void> =>
    project.config({
      connections: { [type]: project.connections({ optOuts: { maxAge: "1s" } })[type] },
      segments: { all: { source: "crm" } },
      exports: {
        weekly: {
          connection: type,
          list,
          segments: ["all"],
          match: { email: "email", id: "id" },
          attributes: { firstName: "name" },
          ...more,
        },
      },
    });
  const people = (name: string, ...who: string[]): Promise<void> =>
    project.profiles(who.map((one) => ({ email: `${one}@example.com`, id: one, name })));
  const names = async (): Promise<string[]> =>
    [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();
  const applyWhile = async (meanwhile: () => Promise<void>): Promise<unknown> => {
    const { run } = await project.applyResult({
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
      const bob = { email: "bob@example.com", id: "bob", name: "Bob" };
      await configure();
      await project.profiles([bob]);
      await remote.addStranger(blocked, []);
      await remote.optOut(blocked);
      await project.apply();
      letTimePass(600);
      await remote.addStranger(twin, []);
      await project.profiles([bob, { email: unicode, id: "anna", name: "Anna" }]);
      await project.apply();
      expect(await names()).toEqual(["bob"]);
    });

  it("while somebody looks at the plan are heeded, and taking them back lets people return", async () => {
    await configure();
    await people("Ann", "ann", "bob");
    for (const one of ["bob", "carl"]) await remote.addStranger(`${one}@example.com`, []);
    const first = await applyWhile(() => remote.optOut("bob@example.com"));
    expect(first).toMatchObject({ status: "succeeded", added: 1 });
    expect(await names()).toEqual(["ann"]);
    expect(await remote.optedOut("bob@example.com")).toBe(true);
    expect(project.events).toContainEqual(
      expect.objectContaining({ type: "warning", message: expect.stringContaining("held back") as string }),
    );

    // Also under another address that comes only now, and for members.
    await project.profiles([
      { email: "ann@example.com", id: "ann", name: "Bea" },
      { email: "bob2@example.com", id: "bob", name: "Bea" },
      { email: "carl@example.com", id: "carl", name: "Bea" },
    ]);
    expect((await project.planOf("weekly")).counts.heldBack).toEqual({ "address changed after opt-out": 1 });
    await applyWhile(() => remote.optOut("ann@example.com"));
    expect(await names()).toEqual(["ann", "carl"]);
    expect((await remote.members(list)).get("ann@example.com")).toMatchObject({ [remote.firstName]: "Ann" });

    await resubscribe("bob@example.com");
    await resubscribe("ann@example.com");
    expect(await project.applyOf("weekly")).toMatchObject({ added: 1, updated: 1 });
    expect(await names()).toEqual(["ann", "bob2", "carl"]);
    const { counts } = await project.planOf("weekly");
    expect(counts).toMatchObject({ add: 0, update: 0, remove: 0, heldBack: {} });
  });

  it("while somebody looks at the plan hold back that person's new address, too", async () => {
    await configure();
    await people("Ann", "ann", "bob");
    await project.apply();
    await project.profiles([
      { email: "ann2@example.com", id: "ann", name: "Ann" },
      { email: "bob@example.com", id: "bob", name: "Ann" },
      { email: "carl@example.com", id: "carl", name: "Ann" },
    ]);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 2 });
    expect(await applyWhile(() => remote.optOut("ann@example.com"))).toMatchObject({ added: 1 });
    expect(await names()).not.toContain("ann2");
    expect(await names()).toContain("carl");
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0 });
  });

  /** What the person does in the vendor's form. */
  async function resubscribe(email: string): Promise<void> {
    const { brevoUrl, sendgridUrl } = project.sandbox;
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
    const state = project.sandbox.brevo();
    const all = ["ann", "bob", "carl", "dora"];
    const rows = all.map((one) => ({ email: `${one}@example.com`, id: one, phone: "" }));
    await project.profiles(rows.slice(0, 3));
    await project.apply();
    state.blocklist("bob@example.com");
    state.unsubscribe("carl@example.com", Number(list));
    // Opted out before anybody of us knew of them.
    await remote.addStranger("dora@example.com", []);
    state.blocklist("dora@example.com");
    await project.apply();
    for (const one of ["bob", "carl", "dora"])
      await fetch(`${project.sandbox.brevoUrl}/contacts/${one}%40example.com`, {
        method: "DELETE",
        headers: { "api-key": BREVO_KEY },
      });
    await project.profiles(rows);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, heldBack: { "opted out": 3 } });
    await project.apply();
    expect(await names()).toEqual(["ann"]);
    // Under a new address as well.
    await project.profiles(rows.map((row) => ({ ...row, email: row.email.replace("dora", "dora2") })));
    await project.apply();
    expect(await names()).toEqual(["ann"]);
    // Somebody who is there again, and wants to be.
    await remote.addStranger("bob@example.com", []);
    expect((await project.planOf("weekly")).counts).toMatchObject({
      heldBack: { "opted out": 1, "address changed after opt-out": 1 },
    });
  });

  atBrevo("and limits count as strictly as the strictest connection to the account says", async () => {
    const connection = project.connections()[type] ?? {};
    const other = await remote.addList("other");
    await project.config({
      connections: {
        lax: { ...connection, contract: { contacts: 100 } },
        strict: { ...connection, contract: { contacts: 2 } },
      },
      segments: { all: { source: "crm" } },
      exports: {
        first: { connection: "lax", list, segments: ["all"], match: { email: "email" } },
        second: { connection: "strict", list: other, segments: ["all"], match: { email: "email" } },
      },
    });
    await people("Ann", "ann", "bob", "carl");
    const { accounts } = await project.plan();
    expect(accounts).toMatchObject([{ limit: 2, checks: [{ name: "max-addresses", status: "failed" }] }]);
    expect((await project.apply()).exports.map(({ status }) => status)).toEqual(["refused", "refused"]);
  });
});
