import { describe, expect, it } from "vitest";
import { type Bench, bench } from "./support.js";

const CONTACTS = "/v3/marketing/contacts";

async function upserted(on: Bench, body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const accepted = await on.sendgrid("PUT", CONTACTS, body);
  expect(accepted.status).toBe(202);
  return (await on.sendgrid("GET", `${CONTACTS}/imports/${accepted.body.job_id}`)).body;
}

describe("SendGrid upserts", () => {
  it("store fields under lower-cased addresses, custom ones by id and shown by name, and only add to lists", async () => {
    const on = await bench();
    const state = on.sandbox.sendgrid();
    const list = state.addList("people");
    const [score, born, note] = [
      state.addField("score", "Number"),
      state.addField("born", "Date"),
      state.addField("note", "Text"),
    ];
    const job = await upserted(on, {
      list_ids: [list],
      contacts: [
        {
          email: "Ann@Example.com",
          first_name: "Änn",
          phone_number: "+4915112345678",
          unknown: "x",
          custom_fields: { [score]: 7.5, [born]: "2021-02-11T23:03:03.000Z", [note]: "hello" },
        },
      ],
    });
    expect(job).toMatchObject({
      status: "completed",
      job_type: "upsert_contacts",
      results: { created_count: 1, errored_count: 0 },
    });
    expect(job["results"]).not.toHaveProperty("errors_url");
    await upserted(on, {
      list_ids: [],
      contacts: [
        { email: "ann@example.com", first_name: "", last_name: "Lee", custom_fields: { [born]: "3/4/2022" } },
      ],
    });
    expect(state.contact("ann@example.com")).toMatchObject({
      email: "ann@example.com",
      first_name: "",
      last_name: "Lee",
      phone_number: "+4915112345678",
      custom_fields: { score: 7.5, born: "2022-03-04T00:00:00Z", note: "hello" },
      list_ids: [list],
    });
  });

  it("fail as a whole at one bad address, and name every bad one", async () => {
    const on = await bench();
    const contacts = [{ email: "a@example.com" }, { email: "000" }, { first_name: "x" }, { email: "b@" }];
    const { status, body } = await on.sendgrid("PUT", CONTACTS, { contacts });
    expect(status).toBe(400);
    expect(body.errors[0]).toEqual({ field: "contacts[1].email", message: "email '000' is not valid" });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      "contacts[1].email",
      "contacts[2]",
      "contacts[3].email",
    ]);
    expect(on.sandbox.sendgrid().contactCount).toBe(0);
  });

  it("refuse custom fields by name, values that are too long, unknown lists, too many contacts and too many bytes", async () => {
    const on = await bench();
    on.sandbox.sendgrid().addField("score", "Number");
    const named = await on.sendgrid("PUT", CONTACTS, {
      contacts: [{ email: "a@example.com", custom_fields: { score: 1 } }],
    });
    expect(named.body.errors[0].message).toContain("invalid custom field ids supplied");
    const long = await on.sendgrid("PUT", CONTACTS, {
      contacts: [{ email: "a@example.com", first_name: "x".repeat(51) }],
    });
    expect(long.body.errors[0].field).toBe("contacts[0].first_name");
    const list_ids = ["2b0901c2-9d23-4399-93f1-b2a8f2cddee2"];
    expect(
      (await on.sendgrid("PUT", CONTACTS, { list_ids, contacts: [{ email: "a@example.com" }] })).status,
    ).toBe(404);
    const many = Array.from({ length: 30_001 }, (_, index) => ({ email: `p${index}@example.com` }));
    expect((await on.sendgrid("PUT", CONTACTS, { contacts: many })).status).toBe(400);
    const fat = Array.from({ length: 100 }, (_, index) => ({
      email: `p${index}@example.com`,
      note: "x".repeat(60_000),
    }));
    expect((await on.sendgrid("PUT", CONTACTS, { contacts: fat })).status).toBe(413);
    for (const bad of ["{", "[]", '{"contacts":[]}', '{"contacts":[{"email":}]}', "{}"])
      expect((await on.sendgrid("PUT", CONTACTS, bad)).status).toBe(400);
  });

  it("lose a contact with a value of the wrong type behind a 202, and name it in errors_url", async () => {
    const on = await bench();
    const state = on.sandbox.sendgrid();
    const score = state.addField("score", "Number");
    const job = await upserted(on, {
      contacts: [
        { email: "a@example.com", custom_fields: { [score]: "7" } },
        { email: "b@example.com", phone_number: "0151 1234" },
        { email: "c@example.com", custom_fields: { [score]: 7 } },
      ],
    });
    expect(job).toMatchObject({
      status: "errored",
      results: { requested_count: 3, created_count: 1, errored_count: 2 },
    });
    const report = await on.file((job["results"] as { errors_url: string }).errors_url);
    expect(report.split("\n").slice(0, 3)).toEqual([
      "email,error",
      '"a@example.com","custom field score has a value of the wrong type"',
      '"b@example.com","phone_number is not valid"',
    ]);
    expect(state.contactCount).toBe(1);
  });

  it("end in errors beyond the contact limit", async () => {
    const on = await bench({ accounts: [{ vendor: "sendgrid", key: "SG.sandbox-key", contactLimit: 1 }] });
    const job = await upserted(on, { contacts: [{ email: "a@example.com" }, { email: "b@example.com" }] });
    expect(job).toMatchObject({ status: "errored", results: { errored_count: 1 } });
    expect(await on.file((job["results"] as { errors_url: string }).errors_url)).toContain(
      "you have hit your contact limit",
    );
  });

  it("are pending, then finished, and visible only after the lag", async () => {
    const on = await bench({ delays: { jobMs: 1000, visibleMs: 60_000 } });
    const state = on.sandbox.sendgrid();
    const accepted = await on.sendgrid("PUT", CONTACTS, { contacts: [{ email: "a@example.com" }] });
    const status = async () => (await on.sendgrid("GET", `${CONTACTS}/imports/${accepted.body.job_id}`)).body;
    expect(await status()).toMatchObject({ status: "pending", results: { requested_count: 1 } });
    await expect.poll(async () => (await status()).status).toBe("completed");
    expect((await status()).results.created_count).toBe(1);
    expect(
      (await on.sendgrid("POST", `${CONTACTS}/search/emails`, { emails: ["a@example.com"] })).status,
    ).toBe(404);
    await on.sandbox.settle();
    expect(state.contactCount).toBe(1);
  });
});
