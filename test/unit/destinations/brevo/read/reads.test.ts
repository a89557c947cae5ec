import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rowsOf } from "../../../../support/sql.js";
import { binding, field } from "../fixtures.js";
import { BEHAVIOURS, signal, Stage } from "../stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

describe("the account", () => {
  test("has the vendor's id and the company's name", async () => {
    expect(await stage.connect().account(signal)).toMatchObject({
      id: "sandbox-brevo",
      missingPermissions: [],
    });
  });

  test("a wrong key and the IP allow-list are told apart", async () => {
    await expect(stage.connect({ rateLimits: "none" }, "wrong").account(signal)).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringContaining("API key"),
    });
    await stage.close();
    stage = await Stage.open({ accounts: [{ vendor: "brevo", key: "k", refuseIp: true }] });
    const refused = stage.connect({ rateLimits: "none" }, "k");
    const failure = { kind: "auth", message: expect.stringContaining("IP address") };
    await expect(refused.account(signal)).rejects.toMatchObject(failure);
    await expect(refused.list("1", signal)).rejects.toMatchObject(failure);
    await expect(refused.lookup("1", ["a@x.de"], signal)).rejects.toMatchObject(failure);
  });

  test("counts its contacts", async () => {
    stage.account.addContact("a@x.de");
    expect(await stage.connect().contactCount(signal)).toBe(1);
  });
});

describe("lists", () => {
  test("all pages of them", async () => {
    const ids = Array.from({ length: 120 }, (_, index) => stage.account.addList(`List ${index}`));
    expect((await stage.connect().lists(signal)).map(({ id }) => Number(id))).toEqual(ids);
  });

  test("only Brevo's own 404 means that a list is gone", async () => {
    const destination = stage.connect();
    expect(await destination.list("77", signal)).toBeUndefined();
    expect(await destination.list("not-a-number", signal)).toBeUndefined();
    await expect(destination.members("77", { attributes: false }, signal)).rejects.toMatchObject({
      kind: "not-found",
    });
    stage.sandbox.inject({
      path: "/contacts/lists/*",
      effect: { kind: "answer", status: 404, body: "<html>no" },
    });
    await expect(destination.list("77", signal)).rejects.toMatchObject({ kind: "permanent" });
  });

  test("the list's own counter is used, the one that reads 0 is not", async () => {
    const list = stage.account.addList("People");
    stage.account.addContact("a@x.de", { lists: [list] });
    expect(await stage.connect().list(String(list), signal)).toEqual({
      id: String(list),
      name: "People",
      size: 1,
    });
  });
});

test("fields: built-ins in the account's language, categories with labels and numbers, the rest not writable", async () => {
  await stage.close();
  stage = await Stage.open({ accounts: [{ vendor: "brevo", key: "sandbox-brevo-key", language: "fr" }] });
  stage.account.addAttribute({
    name: "TIER",
    category: "category",
    enumeration: [{ value: 3, label: "gold" }],
  });
  stage.account.addAttribute({
    name: "HOBBY",
    category: "normal",
    type: "multiple-choice",
    multiCategoryOptions: ["sea"],
  });
  stage.account.addAttribute({ name: "ORDERS", category: "transactional", type: "id" });
  stage.account.addAttribute({ name: "SUM", category: "calculated", calculatedValue: "SUM[ORDERS]" });
  const fields = await stage.connect().fields(signal);
  const named = (name: string) => fields.find((one) => one.name === name);
  expect(named("PRENOM")).toEqual(field("PRENOM"));
  expect(named("TIER")).toEqual(field("TIER", { type: "choice", choices: ["gold"], storedChoices: ["3"] }));
  // Values that are not numbers are 0 in the place of the number.
  expect(named("_DETECTED_LANGUAGE")).toMatchObject({ storedChoices: ["de", "en", "fr"] });
  expect(named("BLACKLIST")).toMatchObject({ type: "unsupported", writable: false });
  expect(named("HOBBY")).toEqual(field("HOBBY", { type: "choice", choices: ["sea"], multiple: true }));
  expect(named("ORDERS")).toMatchObject({ type: "unsupported", writable: false });
  expect(named("SUM")).toMatchObject({ type: "unsupported", writable: false });
});

describe("creating", () => {
  test("fields of every type can be bound afterwards", async () => {
    const destination = stage.connect();
    for (const [name, type] of [
      ["T", "text"],
      ["N", "number"],
      ["D", "date"],
      ["B", "boolean"],
    ] as const) {
      await destination.createField(binding(0, name, type), signal);
    }
    await destination.createField(binding(0, "C", "choice", "leave", { choices: ["a", "b"] }), signal);
    const fields = await destination.fields(signal);
    expect(fields.slice(-5).map(({ name, type }) => [name, type])).toEqual([
      ["T", "text"],
      ["N", "number"],
      ["D", "date"],
      ["B", "boolean"],
      ["C", "choice"],
    ]);
    expect(fields.at(-1)?.choices).toEqual(["a", "b"]);
    // Somebody else was faster: fine when it is the same type.
    await destination.createField(binding(0, "T"), signal);
    await expect(destination.createField(binding(0, "T", "number"), signal)).rejects.toMatchObject({
      kind: "permanent",
    });
  });

  test("a field whose answer got lost is looked for", async () => {
    stage.sandbox.inject({
      method: "POST",
      path: "/contacts/attributes/*",
      nth: 1,
      effect: { kind: "answer", status: 524, body: "<html>", carriedOut: true },
    });
    stage.sandbox.inject({
      method: "POST",
      path: "/contacts/attributes/*",
      nth: 2,
      effect: { kind: "drop", carriedOut: false },
    });
    const destination = stage.connect();
    await destination.createField(binding(0, "T"), signal);
    await expect(destination.createField(binding(0, "U"), signal)).rejects.toMatchObject({
      kind: "unknown-outcome",
    });
    expect(stage.requests("POST", "/contacts/attributes/normal/T")).toHaveLength(1);
  });

  test("a list gets its folder, which is made once", async () => {
    const destination = stage.connect();
    const one = await destination.createList({ name: "One", folder: "Customers" }, signal);
    const two = await destination.createList({ name: "Two", folder: "Customers" }, signal);
    expect(stage.account.listIds("One")).toEqual([Number(one.id)]);
    expect(stage.account.listIds("Two")).toEqual([Number(two.id)]);
    expect(stage.requests("POST", "/contacts/folders")).toHaveLength(1);
  });

  test("after a lost answer exactly one new list of the name is taken", async () => {
    const old = stage.account.addList("One");
    const disarm = stage.sandbox.inject({
      method: "POST",
      path: "/contacts/lists",
      effect: { kind: "answer", status: 524, body: "<html>", carriedOut: true },
    });
    const made = await stage.connect().createList({ name: "One", folder: undefined }, signal);
    expect(Number(made.id)).not.toBe(old);
    expect(stage.account.listIds("One")).toEqual([old, Number(made.id)]);
    disarm();
    stage.sandbox.inject({
      method: "POST",
      path: "/contacts/lists",
      effect: { kind: "drop", carriedOut: false },
    });
    await expect(
      stage.connect().createList({ name: "Two", folder: undefined }, signal),
    ).rejects.toMatchObject({
      kind: "unknown-outcome",
    });
    expect(stage.account.listIds("Two")).toEqual([]);
  });
});

describe.each(BEHAVIOURS)("contacts, %s", (behaviour) => {
  let list: number;
  let other: number;
  beforeEach(async () => {
    await stage.close();
    stage = await Stage.open({ behaviour });
    list = stage.account.addList("People");
    other = stage.account.addList("Other");
  });

  test("members with attributes, opt-outs and ids", async () => {
    stage.account.addContact("a@x.de", { attributes: { LASTNAME: 'Ä "},{"' }, lists: [list] });
    stage.account.addContact("blocked@x.de", { lists: [list, other] });
    stage.account.blocklist("blocked@x.de");
    stage.account.addContact("left@x.de", { lists: [list] });
    stage.account.unsubscribe("left@x.de", list);
    stage.account.addContact("elsewhere@x.de", { lists: [list] });
    stage.account.unsubscribe("elsewhere@x.de", other);
    stage.account.addContact("stranger@x.de", { lists: [other] });
    const { sql } = await stage.connect().members(String(list), { attributes: true }, signal);
    expect(
      await rowsOf({
        sql: `select email, on_list, opted_out, observed from (${sql}) order by contact_id::int`,
      }),
    ).toEqual([
      { email: "a@x.de", on_list: true, opted_out: null, observed: '{"LASTNAME":"Ä \\"},{\\""}' },
      { email: "blocked@x.de", on_list: true, opted_out: "blocklisted", observed: "{}" },
      { email: "left@x.de", on_list: false, opted_out: "unsubscribed", observed: "{}" },
      { email: "elsewhere@x.de", on_list: true, opted_out: null, observed: "{}" },
    ]);
    const empty = stage.account.addList("Empty");
    expect(await rowsOf(await stage.connect().members(String(empty), { attributes: true }, signal))).toEqual(
      [],
    );
  });

  test("lookups keep to the published limit whatever answers tell of it, or nothing", async () => {
    await stage.close();
    stage = await Stage.open({ behaviour, limits: "vendor" });
    const people = Array.from({ length: 15 }, (_, n) => `p${n}@x.de`);
    const destination = stage.connect({ rateLimits: "general" });
    await destination.lookup("1", people, signal);
    await destination.account(signal);
    await destination.jobs(["1"], signal);
    expect(stage.requests("GET", "/account").length).toBe(1);
    expect(stage.sandbox.stats().limited).toBe(0);
  });

  test("lookups: on the list or not, unknown ones are missing", async () => {
    stage.account.addContact("a+b@x.de", { lists: [list] });
    stage.account.addContact("off@x.de", { lists: [other] });
    stage.account.unsubscribe("off@x.de", list);
    const found = await stage.connect().lookup(String(list), ["a+b@x.de", "off@x.de", "no@x.de"], signal);
    expect(
      await rowsOf({ sql: `select email, contact_id, on_list, opted_out from (${found.sql}) order by 1` }),
    ).toEqual([
      { email: "a+b@x.de", contact_id: "1", on_list: true, opted_out: null },
      {
        email: "off@x.de",
        contact_id: "2",
        on_list: false,
        opted_out: behaviour === "documented" ? "unsubscribed" : null,
      },
    ]);
    expect(await rowsOf(await stage.connect().lookup(String(list), [], signal))).toEqual([]);
  });

  test("lookups tell every opt-out that the contact shows", async () => {
    for (const email of ["blocked@x.de", "left@x.de", "fine@x.de"])
      stage.account.addContact(email, { lists: [list] });
    stage.account.blocklist("blocked@x.de");
    stage.account.unsubscribe("left@x.de", list);
    const emails = ["blocked@x.de", "left@x.de", "fine@x.de", "no@x.de"];
    const found = await stage.connect().lookup(String(other), emails, signal);
    expect(await rowsOf({ sql: `select * from (${found.optedOut?.sql}) order by 1` })).toEqual([
      { email: "blocked@x.de", list_id: null, reason: "blocklisted" },
      ...(behaviour === "documented"
        ? [{ email: "left@x.de", list_id: String(list), reason: "unsubscribed" }]
        : []),
    ]);
  });

  test("a 404 that is not Brevo's does not mean that nobody is there", async () => {
    stage.sandbox.inject({ method: "GET", effect: { kind: "answer", status: 404, body: "<html>no" } });
    const asked = stage.connect().lookup(String(list), ["a@x.de"], signal);
    await expect(asked).rejects.toMatchObject({ kind: "permanent" });
  });

  test("opt-outs: everything first, then what changed since", async () => {
    for (let index = 0; index < 2500; index++) {
      stage.account.addContact(`p${index}@x.de`, {
        lists: [list],
        attributes: index === 1 ? { SMS: "4930123456" } : {},
      });
    }
    stage.account.blocklist("p0@x.de");
    stage.account.unsubscribe("p2400@x.de", list);
    stage.account.unsubscribe("p7@x.de", other);
    const destination = stage.connect();
    const first = await destination.optOuts({ since: undefined, lists: [String(list)] }, signal);
    expect(first.whole).toEqual([]);
    expect(await rowsOf({ sql: `select count(*) as n from (${first.seen!.sql})` })).toEqual([{ n: "2500" }]);
    expect(await rowsOf({ sql: `${first.optedOut.sql} order by 1` })).toEqual([
      { email: "p0@x.de", list_id: null, reason: "blocklisted" },
      { email: "p2400@x.de", list_id: String(list), reason: "unsubscribed" },
      { email: "p7@x.de", list_id: String(other), reason: "unsubscribed" },
    ]);
    const scanned = await rowsOf({
      sql: `select * from (${first.contacts!.sql}) where email in ('p0@x.de', 'p1@x.de') order by 1`,
    });
    expect(scanned).toEqual([
      {
        email: "p0@x.de",
        contact_id: "1",
        on_list: null,
        opted_out: "blocklisted",
        observed: "{}",
        list_ids: [String(list)],
        phone: null,
      },
      {
        email: "p1@x.de",
        contact_id: "2",
        on_list: null,
        opted_out: null,
        observed: '{"SMS":"4930123456"}',
        list_ids: [String(list)],
        phone: "4930123456",
      },
    ]);
    expect(await rowsOf({ sql: `select count(*) as n from (${first.contacts!.sql})` })).toEqual([
      { n: "2500" },
    ]);

    const later = new Date(Date.now() + 3_600_000).toISOString();
    const since = `${later} ${list}=${later}`;
    const second = await destination.optOuts({ since, lists: [String(list)] }, signal);
    expect(await rowsOf(second.optedOut)).toEqual([]);
    expect(await rowsOf(second.seen!)).toEqual([]);
    const [account, ...lists] = first.watermark.split(" ");
    expect(account).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(account!)).toBeLessThan(Date.now());
    expect(lists).toEqual([expect.stringMatching(new RegExp(`^${list}=\\d{4}-.*Z$`))]);
    // A list that was never read for itself is read as a whole, whatever the mark of the account.
    const third = await destination.optOuts({ since: later, lists: [String(list)] }, signal);
    expect((await rowsOf(third.optedOut)).map(({ email }) => email)).toContain("p2400@x.de");
  });

  test("what happened after the watermark is in the next read", async () => {
    for (const key of ["a@x.de", "b@x.de"]) stage.account.addContact(key, { lists: [list] });
    const destination = stage.connect();
    const { watermark } = await destination.optOuts({ since: undefined, lists: [] }, signal);
    stage.account.blocklist("b@x.de");
    const next = await destination.optOuts({ since: watermark, lists: [] }, signal);
    expect(await rowsOf(next.optedOut)).toEqual([{ email: "b@x.de", list_id: null, reason: "blocklisted" }]);
    expect((await rowsOf(next.seen!)).map(({ email }) => email)).toContain("b@x.de");
  });
});

describe("pages that shift while they are read", () => {
  test("when the count falls, everything is read again and nobody is missed or twice", async () => {
    const list = stage.account.addList("People");
    for (let index = 0; index < 3000; index++) stage.account.addContact(`p${index}@x.de`, { lists: [list] });
    const page = (from: number, count: number) => ({
      contacts: Array.from({ length: Math.min(500, count - from) }, (_, index) => contact(from + index + 1)),
      count,
    });
    // The first pass counts one more than the later pages.
    stage.sandbox.inject({
      method: "GET",
      path: "/contacts/lists/*/contacts",
      nth: 1,
      effect: {
        kind: "answer",
        status: 200,
        type: "application/json",
        body: JSON.stringify({ ...page(0, 3000), count: 3001 }),
      },
    });
    const { sql } = await stage.connect().members(String(list), { attributes: true }, signal);
    expect(stage.requests("GET", `/contacts/lists/${list}/contacts`).length).toBeGreaterThan(10);
    expect(
      await rowsOf({ sql: `select count(*) as n, count(distinct contact_id) as d from (${sql})` }),
    ).toEqual([{ n: "3000", d: "3000" }]);
    // Of two readings of a contact the later one counts: the first had none of this.
    expect(await rowsOf({ sql: `select email from (${sql}) where contact_id = '1'` })).toEqual([
      { email: "p0@x.de" },
    ]);
  });

  function contact(id: number): object {
    return {
      id,
      email: `stale${id}@x.de`,
      emailBlacklisted: false,
      smsBlacklisted: false,
      createdAt: "2026-01-01T00:00:00.000+02:00",
      modifiedAt: "2026-01-01T00:00:00.000+02:00",
      listIds: [],
      listUnsubscribed: null,
      attributes: {},
    };
  }
});

test("contacts without an address and made-up addresses are not members", async () => {
  const list = stage.account.addList("People");
  stage.account.addContact("4930123456@mailin-sms.com", { lists: [list] });
  stage.account.addContact("a@x.de", { lists: [list] });
  const members = await rowsOf(await stage.connect().members(String(list), { attributes: false }, signal));
  expect(members.map(({ email }) => email)).toEqual(["a@x.de"]);
});

test("a page with whitespace in its JSON is read", async () => {
  const list = stage.account.addList("People");
  const contacts = [1, 2].map((id) => ({
    id,
    email: `p${id}@x.de`,
    emailBlacklisted: id === 1,
    listIds: [list],
    listUnsubscribed: null,
    attributes: { NOTE: '},{"a' },
    subscriptions: [{ a: 1 }, { a: 2 }],
  }));
  const body = JSON.stringify({ count: 2, contacts }, undefined, 2);
  stage.sandbox.inject({
    method: "GET",
    path: "/contacts/lists/*/contacts",
    effect: { kind: "answer", status: 200, type: "application/json", body },
  });
  const { sql } = await stage.connect().members(String(list), { attributes: true }, signal);
  expect(await rowsOf({ sql: `select email, opted_out from (${sql}) order by 1` })).toEqual([
    { email: "p1@x.de", opted_out: "blocklisted" },
    { email: "p2@x.de", opted_out: null },
  ]);
});

test("only the owner can read files with contacts", async () => {
  stage.account.addContact("a@x.de");
  stage.account.blocklist("a@x.de");
  await stage.connect().optOuts({ since: undefined, lists: [] }, signal);
  for (const name of await readdir(stage.scratch)) {
    expect((await stat(join(stage.scratch, name))).mode & 0o077).toBe(0);
    expect(await readFile(join(stage.scratch, name), "utf8")).toContain("a@x.de");
  }
});
