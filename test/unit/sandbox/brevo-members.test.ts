import { describe, expect, it } from "vitest";
import { bench } from "./support.js";

const GONE = "Contact already removed from list and/or does not exist";

describe("Brevo lists", () => {
  it("say which contacts were removed, and 400 when none was", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    for (const email of ["a@example.com", "b@example.com"]) state.addContact(email, { lists: [list] });
    const remove = `/contacts/lists/${list}/contacts/remove`;
    const first = await on.brevo("POST", remove, { emails: ["a@example.com", "nobody@example.com"] });
    expect(first).toMatchObject({
      status: 201,
      body: { contacts: { success: ["a@example.com"], failure: ["nobody@example.com"] } },
    });
    const second = await on.brevo("POST", remove, { emails: ["a@example.com"] });
    expect(second).toMatchObject({ status: 400, body: { code: "invalid_parameter", message: GONE } });
    expect((await on.brevo("POST", remove, { all: true })).body.contacts).toMatchObject({ total: 1 });
    expect((await on.brevo("POST", remove, { all: true })).status).toBe(400);
    expect((await on.brevo("POST", "/contacts/lists/999/contacts/remove", { ids: [1] })).status).toBe(404);
    const many = Array.from({ length: 151 }, (_, index) => `p${index}@example.com`);
    expect((await on.brevo("POST", remove, { emails: many })).status).toBe(400);
    expect(state.contactCount).toBe(2);
  });

  it("add by address, id and external id, and 400 when all are there", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    state.addContact("a@example.com", { attributes: { EXT_ID: "x1" } });
    state.addContact("b@example.com");
    const add = `/contacts/lists/${list}/contacts/add`;
    expect((await on.brevo("POST", add, { extIds: ["x1"] })).status).toBe(201);
    expect((await on.brevo("POST", add, { ids: [2] })).status).toBe(201);
    expect((await on.brevo("POST", add, { emails: ["a@example.com"] })).body.message).toContain(
      "already in list",
    );
  });

  it("are read in pages by creation, oldest or newest first", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    for (let index = 0; index < 5; index++) state.addContact(`p${index}@example.com`, { lists: [list] });
    const emails = async (path: string): Promise<string[]> =>
      (await on.brevo("GET", path)).body.contacts.map((one: { email: string }) => one.email);
    expect(await emails(`/contacts/lists/${list}/contacts?limit=2&offset=1&sort=asc`)).toEqual([
      "p1@example.com",
      "p2@example.com",
    ]);
    expect(await emails(`/contacts?limit=2&listIds=${list}`)).toEqual(["p4@example.com", "p3@example.com"]);
    expect((await on.brevo("GET", `/contacts/lists/${list}/contacts?limit=501`)).status).toBe(400);
    expect((await on.brevo("GET", "/contacts?limit=1001")).status).toBe(400);
  });

  it("are read by time of change, opt-outs included", async () => {
    let now = Date.UTC(2026, 0, 1);
    const on = await bench({ clock: () => now });
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    for (const email of ["a@example.com", "b@example.com", "c@example.com"])
      state.addContact(email, { lists: [list] });
    now += 60_000;
    const since = encodeURIComponent(new Date(now).toISOString());
    state.blocklist("b@example.com");
    state.unsubscribe("c@example.com", list);
    const { body } = await on.brevo("GET", `/contacts?modifiedSince=${since}&sort=asc`);
    expect(body).toMatchObject({
      count: 2,
      contacts: [
        {
          email: "b@example.com",
          emailBlacklisted: true,
          listUnsubscribed: null,
          modifiedAt: "2026-01-01T02:01:00.000+02:00",
        },
        { email: "c@example.com", emailBlacklisted: false, listUnsubscribed: [list], listIds: [] },
      ],
    });
    const details = (await on.brevo("GET", `/contacts/lists/${list}`)).body;
    expect(details).toMatchObject({ totalSubscribers: 1, totalBlacklisted: 1, uniqueSubscribers: 2 });
    const entry = (await on.brevo("GET", "/contacts/lists")).body.lists[0];
    expect(entry).toMatchObject({ totalSubscribers: 0, uniqueSubscribers: 2 });
  });

  it("still show who unsubscribed from them, as recorded", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    for (const email of ["a@example.com", "b@example.com"]) state.addContact(email, { lists: [list] });
    state.unsubscribe("a@example.com", list);
    const { body } = await on.brevo("GET", `/contacts/lists/${list}/contacts?sort=asc`);
    expect(body).toMatchObject({
      count: 2,
      contacts: [
        { email: "a@example.com", listIds: [], listUnsubscribed: [list] },
        { email: "b@example.com", listIds: [list], listUnsubscribed: [] },
      ],
    });
    expect((await on.brevo("GET", "/contacts/a@example.com")).body.listUnsubscribed).toEqual([list]);
    expect((await on.brevo("GET", "/contacts/b@example.com")).body).not.toHaveProperty("listUnsubscribed");
  });

  it("keep their contacts' existence when they are deleted", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    state.addContact("a@example.com", { lists: [list] });
    expect((await on.brevo("DELETE", `/contacts/lists/${list}`)).status).toBe(204);
    expect((await on.brevo("GET", `/contacts/lists/${list}`)).status).toBe(404);
    expect(state.contact("a@example.com")?.lists).toEqual([]);
  });
});

it("a new Brevo account has what was recorded of one", async () => {
  const on = await bench();
  const { attributes } = (await on.brevo("GET", "/contacts/attributes")).body;
  const named = (name: string) => attributes.find((one: { name: string }) => one.name === name);
  expect(named("BLACKLIST")).toEqual({
    name: "BLACKLIST",
    category: "global",
    type: "float",
    calculatedValue: "COUNT[BLACKLISTED,BLACKLISTED,<,NOW()]",
  });
  expect(named("FIRSTNAME")).toMatchObject({ type: "text", field_key: "firstname" });
  expect(named("DOUBLE_OPT-IN").enumeration[1]).toEqual({ value: 2, valueStr: "2", label: "No" });
  expect(named("_DETECTED_LANGUAGE").enumeration[0]).toEqual({ value: 0, valueStr: "de", label: "German" });
  for (const name of ["READERS", "CLICKERS", "OPT_IN", "CONTACT_TIMEZONE", "LINKEDIN", "JOB_TITLE"])
    expect(named(name)).toBeDefined();
});

describe("Brevo contacts", () => {
  it("are not updated with a date that is none, and say to what they are subscribed", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    state.addAttribute({ name: "BORN", category: "normal", type: "date" });
    state.addContact("ann@example.com");
    const put = (BORN: string) =>
      on.brevo("PUT", "/contacts/ann@example.com", { attributes: { BORN, FIRSTNAME: "Ann" } });
    expect(await put("31.12.2001")).toMatchObject({ status: 400, body: { message: "invalid date format" } });
    expect((await on.brevo("GET", "/contacts/ann@example.com")).body).toMatchObject({
      attributes: {},
      subscriptions: {},
    });
    expect((await put("2001-12-31")).status).toBe(204);
  });

  it("are created, updated by attributes only, and refuse an identifier of another contact", async () => {
    const on = await bench();
    const created = await on.brevo("POST", "/contacts", {
      email: "Ann@example.com",
      attributes: { FIRSTNAME: "Ann", SMS: "+4915112345678" },
    });
    expect(created.status).toBe(201);
    expect((await on.brevo("POST", "/contacts", { email: "ann@example.com" })).body.metadata).toEqual({
      duplicate_identifiers: ["email"],
    });
    await on.brevo("POST", "/contacts", { email: "bob@example.com" });
    const clash = await on.brevo("PUT", "/contacts/bob%40example.com", {
      attributes: { SMS: "4915112345678" },
    });
    expect(clash).toMatchObject({ status: 400, body: { code: "duplicate_parameter" } });
    expect((await on.brevo("PUT", "/contacts/bob%40example.com", { attributes: { SMS: "12" } })).status).toBe(
      400,
    );
    expect(
      (
        await on.brevo("PUT", "/contacts/ann%40example.com?identifierType=email_id", {
          attributes: { FIRSTNAME: "", LASTNAME: "Lee" },
        })
      ).status,
    ).toBe(204);
    expect(on.sandbox.brevo().contact("ann@example.com")?.attributes).toEqual({
      SMS: "4915112345678",
      LASTNAME: "Lee",
    });
    expect((await on.brevo("PUT", "/contacts/nobody%40example.com", { attributes: {} })).status).toBe(404);
  });

  it("lose their blocklist status when they are deleted, and the deletion is counted", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    state.addContact("a@example.com");
    state.blocklist("a@example.com");
    expect((await on.brevo("DELETE", "/contacts/a%40example.com")).status).toBe(204);
    await on.brevo("POST", "/contacts", { email: "a@example.com" });
    expect(state.contact("a@example.com")?.emailBlacklisted).toBe(false);
    const deletions = on.sandbox
      .stats()
      .endpoints.filter(({ endpoint }) => endpoint === "DELETE /contacts/:identifier");
    expect(deletions).toMatchObject([{ requests: 1 }]);
  });

  it("are exported as a CSV with lists and channels", async () => {
    const on = await bench({ clock: () => Date.UTC(2026, 0, 2) });
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    state.addContact("a@example.com", { attributes: { FIRSTNAME: 'x;"y' }, lists: [list] });
    state.addContact("b@example.com", { lists: [list] });
    state.blocklist("b@example.com");
    const filter = { actionForContacts: "allContacts", listId: list };
    const started = await on.brevo("POST", "/contacts/export", {
      customContactFilter: filter,
      exportAttributes: ["FIRSTNAME"],
      exportMetadata: ["_listIds"],
      exportSubscriptionStatus: ["email_marketing"],
      disableNotification: true,
    });
    const { body } = await on.brevo("GET", `/processes/${started.body.processId}`);
    expect(await on.file(body.export_url)).toBe(
      "EMAIL;FIRSTNAME;ADDED_TIME;MODIFIED_TIME;_listIds;_SUBSCRIBED;_BLOCKLISTED\n" +
        `a@example.com;"x;""y";02-01-2026;02-01-2026;[${list}];email_marketing;\n` +
        `b@example.com;;02-01-2026;02-01-2026;[${list}];;email_marketing\n`,
    );
    for (const bad of [{}, { actionForContacts: "allContacts" }, { ...filter, modifiedSince: "2026-01-01" }])
      expect((await on.brevo("POST", "/contacts/export", { customContactFilter: bad })).status).toBe(400);
  });
});

describe("Brevo accounts", () => {
  it.each([
    ["en", ["LASTNAME", "FIRSTNAME"]],
    ["fr", ["NOM", "PRENOM"]],
    ["de", ["NACHNAME", "VORNAME"]],
  ] as const)("name the built-in attributes in their language: %s", async (language, names) => {
    const on = await bench({ accounts: [{ vendor: "brevo", key: "sandbox-brevo-key", language }] });
    const { body } = await on.brevo("GET", "/contacts/attributes");
    expect(body.attributes.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([...names]),
    );
  });

  it("answer 401 to a wrong key and to an unknown IP address, with different messages", async () => {
    const on = await bench({ accounts: [{ vendor: "brevo", key: "sandbox-brevo-key", refuseIp: true }] });
    expect((await on.brevo("GET", "/account")).body.message).toContain("unrecognised IP address");
    expect((await on.brevo("GET", "/account", undefined, { "api-key": "x" })).body.message).toBe(
      "Key not found",
    );
  });

  it("create attributes of every kind once, and choices by number or label", async () => {
    const on = await bench();
    const make = (kind: string, name: string, body: unknown) =>
      on.brevo("POST", `/contacts/attributes/${kind}/${name}`, body);
    expect((await make("normal", "SCORE", { type: "float" })).status).toBe(201);
    expect((await make("normal", "SCORE", { type: "text" })).status).toBe(400);
    const enumeration = [
      { value: 1, label: "gold" },
      { value: 2, label: "silver" },
    ];
    expect((await make("category", "TIER", { enumeration })).status).toBe(201);
    expect(
      (await make("normal", "TAGS", { type: "multiple-choice", multiCategoryOptions: ["a", "b"] })).status,
    ).toBe(201);
    await on.brevo("POST", "/contacts", {
      email: "a@example.com",
      attributes: { TIER: "silver", TAGS: ["a"] },
    });
    expect(on.sandbox.brevo().contact("a@example.com")?.attributes).toEqual({ TIER: 2, TAGS: ["a"] });
  });
});
