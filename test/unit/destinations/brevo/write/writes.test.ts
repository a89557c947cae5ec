import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AttributeMapping } from "../../../../../src/model/config/attribute.js";
import { rowsOf } from "../../../../support/sql.js";
import { brevo } from "../../../../../src/destinations/brevo/index.js";
import { connection, mapping } from "../fixtures.js";
import { BEHAVIOURS, signal, Stage, values } from "../stage.js";

const ATTRIBUTES: readonly AttributeMapping[] = [
  mapping("firstName", { nulls: "clear" }),
  mapping("lastName"),
  mapping("SCORE", { type: "number", nulls: "clear" }),
  mapping("BORN", { type: "date" }),
  mapping("VIP", { type: "boolean" }),
  mapping("TIER", { type: "choice" }),
  mapping("INTERESTS", { type: "choice" }),
];

describe.each(BEHAVIOURS)("%s", (behaviour) => {
  let stage: Stage;
  let list: number;

  beforeEach(async () => {
    stage = await Stage.open({ behaviour });
    list = stage.account.addList("People");
    stage.account.addAttribute({ name: "SCORE", category: "normal", type: "float" });
    stage.account.addAttribute({ name: "BORN", category: "normal", type: "date" });
    stage.account.addAttribute({ name: "VIP", category: "normal", type: "boolean" });
    const enumeration = [
      { value: 1, label: "gold" },
      { value: 2, label: "silver" },
    ];
    stage.account.addAttribute({ name: "TIER", category: "category", enumeration });
    stage.account.addAttribute({
      name: "INTERESTS",
      category: "normal",
      type: "multiple-choice",
      multiCategoryOptions: ["sea", "hills"],
    });
  });
  afterEach(() => stage.close());

  test.each(["json", "csv"])("%s: an import delivers every type, and reads match", async (importFormat) => {
    const attributes = importFormat === "json" ? ATTRIBUTES.filter(({ name }) => name !== "VIP") : ATTRIBUTES;
    const bindings = await stage.bind(attributes);
    const people = [
      {
        key: "a@x.de",
        firstName: 'Änne "A"',
        lastName: "O;Neil",
        SCORE: 1.5,
        BORN: "2001-02-03",
        VIP: true,
        TIER: "gold",
        INTERESTS: "sea",
      },
      {
        key: "b@x.de",
        firstName: "Line\nbreak",
        lastName: null,
        SCORE: -7,
        BORN: null,
        VIP: false,
        TIER: "silver",
        INTERESTS: null,
      },
    ];
    const results = await stage.carryOut(
      await stage.batches("add", list, bindings, people, { importFormat }),
    );
    expect(results).toEqual([expect.objectContaining({ state: "completed" })]);
    expect(stage.account.members(list).map(({ email }) => email)).toEqual(["a@x.de", "b@x.de"]);
    expect(stage.account.contact("a@x.de")?.attributes).toMatchObject({
      FIRSTNAME: 'Änne "A"',
      LASTNAME: "O;Neil",
      SCORE: 1.5,
      BORN: "2001-02-03",
      TIER: 1,
      INTERESTS: ["sea"],
    });
    const { matches, payload } = brevo.codec(bindings, connection());
    const { sql } = await stage.connect().members(String(list), { attributes: true }, signal);
    const sent = `select "key", ${payload} as payload from ${values(bindings, people)}`;
    const compared = await rowsOf({
      sql: `select "key", ${matches} as same from (${sent}) join (${sql}) on email = "key" order by 1`,
    });
    expect(compared).toEqual([
      { key: "a@x.de", same: true },
      { key: "b@x.de", same: true },
    ]);
  });

  test("of people without a valid address, however few, each is refused by itself", async () => {
    const bindings = await stage.bind([]);
    for (const keys of [["nonsense"], ["nonsense", "b@x"]]) {
      const people = keys.map((key) => ({ key }));
      const [result] = await stage.carryOut(await stage.batches("add", list, bindings, people));
      const rows = keys.map((_, index) => ({ index, reason: "no valid address" }));
      expect(result).toEqual({ status: "refused-rows", rows });
    }
  });

  test.each([
    ["Invalid email address", 1, "refused-rows"],
    // Not said of both.
    ["Invalid email address", 2, "refused"],
    ["List ID does not exist", 1, "refused"],
  ])("an import refused with %s for %i", async (message, count, status) => {
    stage.sandbox.inject({
      vendor: "brevo",
      path: "/contacts/import",
      effect: { kind: "answer", status: 400, body: JSON.stringify({ code: "invalid_parameter", message }) },
    });
    const people = ["a@x.de", "b@x.de"].slice(0, count).map((key) => ({ key }));
    const [result] = await stage.carryOut(await stage.batches("add", list, await stage.bind([]), people));
    expect(result).toMatchObject({ status });
  });

  test("false overwrites true, because booleans travel as CSV", async () => {
    stage.account.addContact("a@x.de", { attributes: { VIP: true }, lists: [list] });
    const bindings = await stage.bind([mapping("VIP")]);
    await stage.carryOut(await stage.batches("update", list, bindings, [{ key: "a@x.de", VIP: false }]));
    expect(stage.account.contact("a@x.de")?.attributes).toEqual({ VIP: false });
  });

  const CLEARED = [
    { key: "a@x.de", firstName: null, lastName: null, SCORE: 2, BORN: "2000-01-01" },
    { key: "b@x.de", firstName: "New", lastName: "New", SCORE: null, BORN: null },
    { key: "c@x.de", firstName: "New", lastName: null, SCORE: 3, BORN: null },
  ];
  const attributesOf = (key: string) => stage.account.contact(key)?.attributes;

  test.each(["json", "csv"])(
    "%s: clear clears, leave leaves, and so stays what is not mapped at all",
    async (importFormat) => {
      const stored = { FIRSTNAME: "Old", LASTNAME: "Old", SCORE: 1, BORN: "1999-09-09", TIER: 2 };
      for (const key of ["a@x.de", "b@x.de", "c@x.de"]) {
        stage.account.addContact(key, { attributes: stored, lists: [list] });
      }
      const bindings = await stage.bind(ATTRIBUTES.slice(0, 4));
      const people = [
        ...CLEARED,
        { key: "new@x.de", firstName: null, lastName: "N\t\n;", SCORE: 4, BORN: null },
      ];
      const batches = await stage.batches("add", list, bindings, people, { importFormat });
      expect(batches.map(({ route }) => route)).toEqual(["import", "clear-and-import"]);
      await stage.carryOut(batches);
      expect(attributesOf("a@x.de")).toEqual({ LASTNAME: "Old", SCORE: 2, BORN: "2000-01-01", TIER: 2 });
      expect(attributesOf("b@x.de")).toEqual({
        FIRSTNAME: "New",
        LASTNAME: "New",
        BORN: "1999-09-09",
        TIER: 2,
      });
      expect(attributesOf("c@x.de")).toEqual({
        FIRSTNAME: "New",
        LASTNAME: "Old",
        SCORE: 3,
        BORN: "1999-09-09",
        TIER: 2,
      });
      expect(attributesOf("new@x.de")).toEqual({ LASTNAME: "N\t\n;", SCORE: 4 });
      expect(stage.account.members(list)).toHaveLength(4);
    },
  );

  test.each(["json", "csv"])("%s: imports clear where the connection says so", async (importFormat) => {
    const stored = { FIRSTNAME: "Old", LASTNAME: "Old", SCORE: 1, BORN: "1999-09-09" };
    for (const { key } of CLEARED) stage.account.addContact(key, { attributes: stored, lists: [list] });
    const bindings = await stage.bind(ATTRIBUTES.slice(0, 4));
    const options = { rows: 5000, importFormat, clears: "import" };
    const batches = await stage.batches("update", list, bindings, CLEARED, options);
    expect(batches.map(({ route }) => route)).toEqual(["import", "import", "import"]);
    await stage.carryOut(batches);
    expect(attributesOf("a@x.de")).toMatchObject({ SCORE: 2, BORN: "2000-01-01" });
    expect(attributesOf("a@x.de")).not.toHaveProperty("FIRSTNAME");
    // The other reading, under which the import takes what it does not name, is why it is not the default.
    expect(attributesOf("b@x.de")?.["BORN"]).toBe(behaviour === "documented" ? "1999-09-09" : undefined);
  });

  test("whoever cannot be cleared is named before anything is imported", async () => {
    for (const { key } of CLEARED) stage.account.addContact(key, { lists: [list] });
    const bindings = await stage.bind(ATTRIBUTES.slice(0, 4));
    const [, batch] = await stage.batches("update", list, bindings, CLEARED, { rows: 5000 });
    stage.sandbox.inject({
      method: "PUT",
      path: "/contacts/*",
      nth: 1,
      effect: {
        kind: "answer",
        status: 400,
        type: "application/json",
        body: '{"code":"invalid_parameter","message":"no"}',
      },
    });
    expect(await stage.carryOut([batch!])).toEqual([
      { status: "refused-rows", rows: [{ index: 0, reason: "refused by Brevo (invalid_parameter)" }] },
    ]);
    expect(stage.requests("POST", "/contacts/import")).toEqual([]);
  });

  test("a category goes by its value in a single update, because a label may be ignored behind a 204", async () => {
    stage.account.addContact("a@x.de", { attributes: { TIER: 2 }, lists: [list] });
    stage.account.addContact("b@x.de", { attributes: { TIER: 1 }, lists: [list] });
    const bindings = await stage.bind([
      mapping("TIER", { type: "choice", nulls: "clear" }),
      mapping("_DETECTED_LANGUAGE", { type: "choice" }),
      mapping("lastName"),
    ]);
    const batches = await stage.batches("update", list, bindings, [
      { key: "a@x.de", TIER: "gold", _DETECTED_LANGUAGE: "German", lastName: 'A "1"' },
      { key: "b@x.de", TIER: null, _DETECTED_LANGUAGE: null, lastName: null },
    ]);
    await stage.carryOut(batches);
    expect(attributesOf("a@x.de")).toEqual({ TIER: 1, _DETECTED_LANGUAGE: "de", LASTNAME: 'A "1"' });
    expect(attributesOf("b@x.de")).toEqual({});
  });

  test("few updates: attributes only, membership and unsubscribes stay as they are", async () => {
    stage.account.addContact("off@x.de", { attributes: { LASTNAME: "Old" } });
    stage.account.addContact("out@x.de", { attributes: { FIRSTNAME: "Old" }, lists: [list] });
    stage.account.unsubscribe("out@x.de", list);
    stage.account.blocklist("out@x.de");
    const bindings = await stage.bind(ATTRIBUTES.slice(0, 3));
    const batches = await stage.batches("update", list, bindings, [
      { key: "off@x.de", firstName: null, lastName: "New", SCORE: 1 },
      { key: "nobody@x.de", firstName: null, lastName: "B", SCORE: 1 },
      { key: "out@x.de", firstName: null, lastName: "Old", SCORE: 2 },
    ]);
    expect(batches.map(({ route }) => route)).toEqual(["single"]);
    expect(await stage.carryOut(batches)).toEqual([
      { status: "done", rejected: [{ index: 0, reason: "gone at destination" }] },
    ]);
    expect(stage.account.contact("off@x.de")).toMatchObject({
      attributes: { LASTNAME: "New", SCORE: 1 },
      lists: [],
    });
    const out = stage.account.contact("out@x.de");
    expect(out).toMatchObject({
      attributes: { LASTNAME: "Old", SCORE: 2 },
      emailBlacklisted: true,
      listUnsubscribed: [list],
    });
    expect(stage.account.contact("nobody@x.de")).toBeUndefined();
  });

  test("an address that Brevo refuses is in the report with its reason", async () => {
    const batch = {
      operation: "add" as const,
      route: "import",
      listId: String(list),
      body: `{"listIds":[${list}],"updateExistingContacts":true,"emptyContactsAttributes":false,"disableNotification":true,"jsonBody":[{"email":"good@x.de","attributes":{}},{"email":"not an address","attributes":{}}]}`,
      rows: 2,
    };
    const destination = stage.connect();
    const result = await destination.write(batch, signal);
    if (result.status !== "accepted") throw new Error("not accepted");
    expect(await stage.ended(destination, result.job)).toMatchObject({ state: "completed-with-errors" });
    expect(await rowsOf(await destination.rejects(result.job, signal))).toEqual([
      { email: "not an address", reason: "invalid address" },
    ]);
    expect(stage.account.members(list).map(({ email }) => email)).toEqual(["good@x.de"]);
  });

  test("removing keeps the contact; who is not on the list is done", async () => {
    stage.account.addContact("a@x.de", { attributes: { LASTNAME: "A" }, lists: [list] });
    stage.account.addContact("b@x.de");
    const batch = (
      await stage.batches("remove", list, [], [{ key: "a@x.de" }, { key: "b@x.de" }, { key: "no@x.de" }])
    )[0]!;
    expect(batch.body).toBe('{"emails":["a@x.de","b@x.de","no@x.de"]}');
    expect(await stage.carryOut([batch])).toEqual([{ status: "done", rejected: [], absent: [1, 2] }]);
    expect(stage.account.contact("a@x.de")).toMatchObject({ lists: [], attributes: { LASTNAME: "A" } });
    // Brevo answers 400 now.
    expect(await stage.carryOut([batch])).toEqual([{ status: "done", rejected: [], absent: [0, 1, 2] }]);
    expect(stage.exchanges.at(-1)?.status).toBe(400);
    await expect(stage.carryOut([{ ...batch, listId: "999" }])).rejects.toMatchObject({ kind: "not-found" });
  });

  test("who fails to be removed and is still on the list is rejected", async () => {
    for (const key of ["a@x.de", "b@x.de"]) stage.account.addContact(key, { lists: [list] });
    stage.sandbox.inject({
      method: "POST",
      path: `/contacts/lists/${list}/contacts/remove`,
      effect: {
        kind: "answer",
        status: 201,
        type: "application/json",
        body: '{"contacts":{"success":["a@x.de"],"failure":["B@x.de","gone@x.de"]}}',
      },
    });
    const batches = await stage.batches(
      "remove",
      list,
      [],
      [{ key: "a@x.de" }, { key: "b@x.de" }, { key: "gone@x.de" }],
    );
    expect(await stage.carryOut(batches)).toEqual([
      { status: "done", rejected: [{ index: 1, reason: "not removed by Brevo" }], absent: [2] },
    ]);
  });

  test("SMS numbers come back without +, and one of another contact is refused singly", async () => {
    const sms = mapping("phone", {
      phone: { countryColumn: undefined, defaultCountry: undefined, as: "sms" },
    });
    const bindings = await stage.bind([sms]);
    stage.account.addContact("other@x.de", { attributes: { SMS: "4930999999" }, lists: [list] });
    await stage.carryOut(
      await stage.batches("add", list, bindings, [{ key: "a@x.de", phone: "+4930123456" }]),
    );
    expect(stage.account.contact("a@x.de")?.attributes).toEqual({ SMS: "4930123456" });
    const taken = await stage.batches("update", list, bindings, [{ key: "a@x.de", phone: "+4930999999" }]);
    expect(await stage.carryOut(taken)).toEqual([
      { status: "done", rejected: [{ index: 0, reason: "number belongs to another contact" }] },
    ]);
    expect(stage.account.contactCount).toBe(2);
  });
});
