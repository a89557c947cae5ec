import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rowsOf } from "../../../support/sql.js";
import { BEHAVIOURS, signal, Stage } from "./stage.js";

describe.each(BEHAVIOURS)("reading from SendGrid (%s)", (behaviour) => {
  let stage: Stage;
  let list: string;

  beforeEach(async () => {
    stage = await Stage.open({ behaviour });
    list = stage.account.addList("Customers");
  });
  afterEach(() => stage.close());

  const lookup = async (...emails: string[]) => rowsOf(await stage.connect().lookup(list, emails, signal));

  it("attributes come by id, although SendGrid returns names", async () => {
    const score = stage.account.addField("Score", "Number");
    const since = stage.account.addField("Since", "Date");
    const custom_fields = { [score]: 1.5, [since]: "2021-02-11T00:00:00Z" };
    stage.account.addContact({ email: "a@example.com", first_name: "Zoë", custom_fields }, [list]);
    stage.account.addContact({ email: "b@example.com" }, [list]);
    const members = await rowsOf(await stage.connect().members(list, { attributes: true }, signal));
    const found = await lookup("a@example.com", "b@example.com");
    for (const rows of [members, found]) {
      const observed = Object.fromEntries(
        rows.map(({ email, observed }) => [email, JSON.parse(String(observed))]),
      );
      const a = observed["a@example.com"] as Record<string, unknown>;
      expect(a).toMatchObject({ first_name: "Zoë", [since]: "2021-02-11T00:00:00Z" });
      expect(Number(a[score])).toBe(1.5);
      expect((observed["b@example.com"] as Record<string, unknown>)[score] ?? null).toBeNull();
    }
    const ids = (rows: typeof found) => new Set(rows.map(({ contact_id }) => contact_id));
    expect(ids(members)).toEqual(ids(found));
  });

  it("an empty list has no members", async () => {
    expect(await rowsOf(await stage.connect().members(list, { attributes: true }, signal))).toEqual([]);
    expect(await rowsOf(await stage.connect().members(list, { attributes: false }, signal))).toEqual([]);
  });

  it("nobody is notified of an export", async () => {
    await stage.connect().members(list, { attributes: false }, signal);
    const [order] = stage.requests("POST", "/v3/marketing/contacts/exports");
    expect(order!.requestBody).toMatchObject({ list_ids: [list], notifications: { email: false } });
  });

  it("a search that finds nobody answers 404", async () => {
    expect(await lookup("nobody@example.com")).toEqual([]);
    expect(stage.exchanges.at(-1)!.status).toBe(404);
  });

  it("addresses that SendGrid takes for none are left out of a search", async () => {
    stage.account.addContact({ email: "a@example.com" }, [list]);
    const found = await lookup("x@nodot", "a@example.com", "y@nodot");
    expect(found.map(({ email }) => email)).toEqual(["a@example.com"]);
  });

  it("a contact found by an alternate address is not the one asked for", async () => {
    stage.account.addContact({ email: "main@example.com", alternate_emails: ["other@example.com"] }, [list]);
    expect(await lookup("other@example.com")).toEqual([]);
    expect(await lookup("main@example.com")).toMatchObject([{ email: "main@example.com", on_list: true }]);
  });

  it("lists are paged", async () => {
    for (let i = 0; i < 1100; i++) stage.account.addList(`L${i}`);
    const all = await stage.connect().lists(signal);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1101);
  });

  it("every kind of suppression is an opt-out, page after page", async () => {
    for (let i = 0; i < 501; i++) stage.account.unsubscribe(`u${i}@example.com`);
    stage.account.bounce("bounced@example.com");
    stage.account.reportSpam("spam@example.com");
    const { id } = stage.account.addGroup("News");
    const { id: other } = stage.account.addGroup("Other");
    stage.account.unsubscribeFromGroup("group@example.com", id);
    stage.account.unsubscribeFromGroup("elsewhere@example.com", other);
    const read = await stage
      .connect({ unsubscribeGroups: [id] })
      .optOuts({ since: undefined, lists: [list] }, signal);
    const rows = await rowsOf(read.optedOut);
    const counts: Record<string, number> = {};
    for (const { reason } of rows) counts[String(reason)] = (counts[String(reason)] ?? 0) + 1;
    expect(counts).toEqual({
      unsubscribed: 501,
      bounced: 1,
      "reported as spam": 1,
      [`unsubscribed from group ${id}`]: 1,
    });
    expect(new Set(rows.map(({ list_id }) => list_id))).toEqual(new Set([null]));
  });

  it("an unsubscribe group that does not exist is an error", async () => {
    const read = stage.connect({ unsubscribeGroups: [999] }).optOuts({ since: undefined, lists: [] }, signal);
    await expect(read).rejects.toMatchObject({ kind: "not-found", message: expect.stringContaining("999") });
  });

  it("fields are created and read, reserved ones by name", async () => {
    const destination = stage.connect();
    const fields = await destination.fields(signal);
    expect(fields.find(({ name }) => name === "first_name")).toMatchObject({
      id: "first_name",
      type: "text",
      writable: true,
      maxLength: 50,
    });
    expect(fields.find(({ name }) => name === "updated_at")).toMatchObject({ writable: false });
    expect(await destination.contactCount(signal)).toBe(0);
  });
});

describe("a SendGrid key", () => {
  it("that lacks permissions is told so", async () => {
    const stage = await Stage.open({
      accounts: [{ vendor: "sendgrid", key: "SG.stage-key", scopes: ["mail.send", "user.username.read"] }],
    });
    expect((await stage.connect().account(signal)).missingPermissions).toEqual(["marketing", "suppression"]);
    await stage.close();
  });

  it("belongs to an account whose label is nobody's address", async () => {
    const stage = await Stage.open({
      accounts: [{ vendor: "sendgrid", key: "SG.stage-key", id: 77, username: "owner@example.com" }],
    });
    expect(await stage.connect().account(signal)).toEqual({
      id: "77",
      label: "user 77",
      missingPermissions: [],
    });
    await stage.close();
  });
});
