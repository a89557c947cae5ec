import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AccountFull } from "../../../../src/plugin/account-full.js";
import { bindAttributes } from "../../../../src/destinations/sendgrid/bind.js";
import { rowsOf } from "../../../support/sql.js";
import { attribute } from "./attributes.js";
import { BEHAVIOURS, signal, Stage } from "./stage.js";

describe.each(BEHAVIOURS)("writing to SendGrid (%s)", (behaviour) => {
  let stage: Stage;
  let list: string;
  const pessimistic = behaviour === "pessimistic";

  beforeEach(async () => {
    stage = await Stage.open({ behaviour });
    list = stage.account.addList("Customers");
  });
  afterEach(() => stage.close());

  const custom = (email: string) => stage.account.contact(email)?.["custom_fields"];

  it("one bad address names its row, and nothing else is carried out", async () => {
    const rows = [{ email: "a@example.com" }, { email: "000" }, { email: "b@example.com" }, { email: "c@d" }];
    expect(await stage.write("add", list, rows)).toEqual({
      status: "refused-rows",
      rows: [
        { index: 1, reason: "email … is not valid" },
        { index: 3, reason: "email … is not valid" },
      ],
    });
    expect(stage.account.contactCount).toBe(0);
  });

  it("omitting leaves alone and an empty text clears, other types in one reading", async () => {
    const [text, number, date] = [
      stage.account.addField("Tier", "Text"),
      stage.account.addField("Score", "Number"),
      stage.account.addField("Since", "Date"),
    ] as [string, string, string];
    await stage.carryOut("add", list, [
      {
        email: "a@example.com",
        first_name: "Anna",
        city: "Ulm",
        custom_fields: { [text]: "gold", [number]: 3, [date]: "2021-02-11T00:00:00Z" },
      },
    ]);
    await stage.carryOut("update", list, [{ email: "a@example.com", city: "", custom_fields: {} }]);
    expect(stage.account.contact("a@example.com")).toMatchObject({ first_name: "Anna", city: "" });
    expect(custom("a@example.com")).toEqual({ Tier: "gold", Score: 3, Since: "2021-02-11T00:00:00Z" });
    await stage.carryOut("update", list, [{ email: "a@example.com", custom_fields: { [text]: "" } }]);
    expect(custom("a@example.com")).toEqual({ Score: 3, Since: "2021-02-11T00:00:00Z" });
    await stage.carryOut("update", list, [
      { email: "a@example.com", custom_fields: { [number]: "", [date]: "" } },
    ]);
    // In the other reading SendGrid loses the whole update.
    expect(custom("a@example.com")).toEqual(pessimistic ? { Score: 3, Since: "2021-02-11T00:00:00Z" } : {});
  });

  it("addresses match whatever their case", async () => {
    stage.account.addContact({ email: "Anna@Example.com" });
    await stage.carryOut("add", list, [{ email: "anna@example.com", first_name: "Anna" }]);
    expect(stage.account.contactCount).toBe(1);
    expect(stage.account.members(list)).toMatchObject([{ email: "anna@example.com", first_name: "Anna" }]);
  });

  it("a contact with another identifier may be lost, and is named then", async () => {
    stage.account.addContact({ email: "a@example.com", external_id: "x1" });
    const job = await stage.carryOut("add", list, [
      { email: "a@example.com", first_name: "A" },
      { email: "b@example.com" },
    ]);
    expect(job.state).toBe(pessimistic ? "completed-with-errors" : "completed");
    if (pessimistic) expect(await stage.rejects(job.job)).toMatchObject([{ email: "a@example.com" }]);
    expect(stage.account.members(list).map(({ email }) => email)).toEqual(
      pessimistic ? ["b@example.com"] : ["a@example.com", "b@example.com"],
    );
  });

  it("a job whose rows were all refused says who they are", async () => {
    stage.account.addContact({ email: "a@example.com", external_id: "x1" });
    const job = await stage.carryOut("add", list, [{ email: "a@example.com" }]);
    if (!pessimistic) return expect(job.state).toBe("completed");
    expect(job.state).toBe("completed-with-errors");
    const [row] = await stage.rejects(job.job);
    expect(row!["email"]).toBe("a@example.com");
    expect(row!["reason"]).not.toBe("");
  });

  it("a field that does not exist refuses the request as transient, with nothing carried out", async () => {
    const rows = [{ email: "a@example.com", custom_fields: { e99_T: "x" } }];
    await expect(stage.write("add", list, rows)).rejects.toMatchObject({
      kind: "transient",
      retryAfter: 0.5,
    });
    expect(stage.account.contactCount).toBe(0);
  });

  it("a list that does not exist fails the request or its job", async () => {
    const gone = "00000000-0000-4000-8000-000000000000";
    if (pessimistic) {
      expect(await stage.carryOut("add", gone, [{ email: "a@example.com" }])).toMatchObject({
        state: "failed",
      });
    } else {
      await expect(stage.write("add", gone, [{ email: "a@example.com" }])).rejects.toMatchObject({
        kind: "not-found",
      });
    }
    await expect(stage.write("remove", gone, ["11111111-1111-4111-8111-111111111111"])).rejects.toMatchObject(
      {
        kind: "not-found",
      },
    );
  });

  it("a hundred people leave a list in one request and stay in the account", async () => {
    const emails = Array.from({ length: 101 }, (_, index) => `p${index}@example.com`);
    for (const email of emails) stage.account.addContact({ email }, [list]);
    const ids = stage.account.members(list).map(({ id }) => String(id));
    expect(await stage.write("remove", list, ids.slice(0, 100))).toEqual({ status: "done", rejected: [] });
    await stage.sandbox.settle();
    expect(stage.account.members(list).map(({ email }) => email)).toEqual(["p100@example.com"]);
    expect(stage.account.contactCount).toBe(101);
    const query = new URLSearchParams({ contact_ids: ids.slice(0, 100).join(",") });
    expect(query.toString().length).toBeLessThan(8_000);
  });

  it("a job is running until it says that it has ended", async () => {
    await stage.close();
    stage = await Stage.open({ behaviour, delays: { jobMs: 60_000, visibleMs: 0, fieldMs: 0 } });
    list = stage.account.addList("Customers");
    const result = await stage.write("add", list, [{ email: "a@example.com" }]);
    if (result.status !== "accepted") throw new Error("not accepted");
    expect(await stage.connect().jobs([result.job], signal)).toMatchObject([{ state: "running" }]);
    await stage.sandbox.settle();
    const unknown = "22222222-2222-4222-8222-222222222222";
    expect(await stage.connect().jobs([result.job, unknown], signal)).toEqual([
      { job: result.job, state: "completed", message: undefined },
      { job: unknown, state: "gone", message: undefined },
    ]);
  });

  it("a name that is taken is a conflict where names are unique", async () => {
    const again = stage.connect().createList({ name: "Customers", folder: undefined }, signal);
    if (pessimistic) await expect(again).rejects.toMatchObject({ kind: "conflict" });
    else expect((await again).id).not.toBe(list);
    await expect(stage.connect().createList({ name: "X", folder: "F" }, signal)).rejects.toMatchObject({
      kind: "invalid",
    });
  });

  it("a field that is there already is a conflict, whatever its case", async () => {
    stage.account.addField("Tier", "Text");
    const [binding] = bindAttributes([attribute("TIER", { createMissing: true })], []).bindings;
    if (binding === undefined) throw new Error("not bound");
    await expect(stage.connect().createField(binding, signal)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("an answer in HTML is an unknown outcome from 500 on and a plain failure below", async () => {
    const answer = (status: number) =>
      stage.sandbox.inject({
        method: "PUT",
        nth: 1,
        effect: { kind: "answer", status, body: "<html>sorry</html>" },
      });
    for (const [status, kind] of [
      [524, "unknown-outcome"],
      [502, "unknown-outcome"],
      [414, "permanent"],
      [413, "permanent"],
      [400, "permanent"],
      [403, "auth"],
      [401, "auth"],
    ] as const) {
      const take = answer(status);
      await expect(stage.write("add", list, [{ email: "a@example.com" }])).rejects.toMatchObject({ kind });
      take();
    }
    expect(stage.requests("PUT", "/v3/marketing/contacts")).toHaveLength(7);
  });
});

describe("SendGrid's silent losses", () => {
  it("a bad phone number loses the whole contact; the report or a read tells", async () => {
    for (const behaviour of BEHAVIOURS) {
      const stage = await Stage.open({ behaviour });
      const list = stage.account.addList("Customers");
      // Not what we would ever send: the engine writes E.164 or nothing.
      const rows = [{ email: "a@example.com", phone_number: "+49" }, { email: "b@example.com" }];
      const job = await stage.carryOut("add", list, rows);
      const members = await rowsOf(await stage.connect().members(list, { attributes: false }, signal));
      expect(members.map(({ email }) => email)).toEqual(["b@example.com"]);
      if (behaviour === "documented")
        expect(await stage.rejects(job.job)).toMatchObject([{ email: "a@example.com" }]);
      else expect(job.state).toBe("completed");
      stage.exchanges.length = 0;
      await stage.close();
    }
  });

  it("a new field cannot be used for a while, and then it can", async () => {
    const stage = await Stage.open({
      behaviour: "pessimistic",
      delays: { jobMs: 10, visibleMs: 0, fieldMs: 200 },
    });
    const list = stage.account.addList("Customers");
    const id = stage.account.addField("Fresh", "Text");
    const rows = [{ email: "a@example.com", custom_fields: { [id]: "x" } }];
    await expect(stage.write("add", list, rows)).rejects.toMatchObject({ kind: "transient" });
    await new Promise((done) => setTimeout(done, 250));
    expect(await stage.carryOut("add", list, rows)).toMatchObject({ state: "completed" });
    await stage.close();
  });

  it("a full account is a failure of the account, not of the people", async () => {
    const stage = await Stage.open({
      accounts: [{ vendor: "sendgrid", key: "SG.stage-key", contactLimit: 1 }],
    });
    const list = stage.account.addList("Customers");
    const job = await stage.carryOut("add", list, [{ email: "a@example.com" }, { email: "b@example.com" }]);
    expect(job.state).toBe("completed-with-errors");
    const full: unknown = await stage.rejects(job.job).catch((error: unknown) => error);
    expect(full).toBeInstanceOf(AccountFull);
    const { kind, message, unstored } = full as AccountFull;
    expect(kind).toBe("permanent");
    expect(message).toMatch(/number of contacts of its plan/);
    expect(await rowsOf(unstored!)).toEqual([{ email: "b@example.com", reason: null }]);
    await stage.close();
  });
});
