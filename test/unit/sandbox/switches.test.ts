import { describe, expect, it, onTestFinished } from "vitest";
import { startSandbox, SWITCHES, type Switches } from "../../../src/sandbox/index.js";
import { resolveSwitches } from "../../../src/sandbox/switches.js";
import { bench } from "./support.js";

const CONTACTS = "/v3/marketing/contacts";

/** The same steps with a switch off and on. */
async function both<T>(
  name: keyof Switches,
  steps: (on: Awaited<ReturnType<typeof bench>>) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (const value of [false, true]) results.push(await steps(await bench({ switches: { [name]: value } })));
  return results;
}

/** A list with Ann on it, who has attributes of every type. */
function ann(on: Awaited<ReturnType<typeof bench>>): number {
  const state = on.sandbox.brevo();
  state.addAttribute({ name: "VIP", category: "normal", type: "boolean" });
  state.addAttribute({ name: "SCORE", category: "normal", type: "float" });
  const list = state.addList("people");
  state.addContact("ann@example.com", { attributes: { FIRSTNAME: "Ann", VIP: true }, lists: [list] });
  return list;
}

const imports = (on: Awaited<ReturnType<typeof bench>>, list: number, jsonBody: unknown[], more = {}) =>
  on.brevo("POST", "/contacts/import", { listIds: [list], jsonBody, ...more });

describe("switches", () => {
  it("follow the preset, and single ones win", () => {
    const all = resolveSwitches("pessimistic", { brevoFalseIgnored: false });
    // Two are on only where they are named.
    const off = Object.entries(all).flatMap(([name, value]) => (value ? [] : [name]));
    expect(off).toEqual(["brevoListDropsUnsubscribed", "brevoBlocklistingUntold", "brevoFalseIgnored"]);
    expect(resolveSwitches("documented", { brevoListDropsUnsubscribed: true })).toMatchObject({
      brevoListDropsUnsubscribed: true,
    });
    expect(Object.values(resolveSwitches("documented"))).not.toContain(true);
    expect(Object.keys(all)).toEqual(Object.keys(SWITCHES));
  });

  it("brevoImportUnblocklists", async () => {
    const blocked = await both("brevoImportUnblocklists", async (on) => {
      const list = ann(on);
      on.sandbox.brevo().blocklist("ann@example.com");
      await imports(on, list, [{ email: "ann@example.com" }]);
      return on.sandbox.brevo().contact("ann@example.com")?.emailBlacklisted;
    });
    expect(blocked).toEqual([true, false]);
  });

  it("brevoAddClearsUnsubscribe", async () => {
    const unsubscribed = await both("brevoAddClearsUnsubscribe", async (on) => {
      const list = ann(on);
      on.sandbox.brevo().unsubscribe("ann@example.com", list);
      await imports(on, list, [{ email: "ann@example.com" }]);
      return on.sandbox.brevo().contact("ann@example.com")?.listUnsubscribed.length;
    });
    expect(unsubscribed).toEqual([1, 0]);
  });

  it.each([
    ["brevoContactsHideUnsubscribed", "/contacts", [[2], null]],
    ["brevoLookupHidesUnsubscribed", "/contacts/ann@example.com", [[2], undefined]],
    ["brevoListDropsUnsubscribed", "/contacts/lists/2/contacts", [[2], undefined]],
  ] as const)("%s", async (name, path, expected) => {
    const told = await both(name, async (on) => {
      const list = ann(on);
      on.sandbox.brevo().unsubscribe("ann@example.com", list);
      const { contacts, ...single } = (await on.brevo("GET", path)).body;
      return (contacts === undefined ? single : contacts[0])?.listUnsubscribed;
    });
    expect(told).toEqual(expected);
  });

  it("brevoBlocklistingUntold", async () => {
    const found = await both("brevoBlocklistingUntold", async (on) => {
      ann(on);
      const state = on.sandbox.brevo();
      state.addContact("ben@example.com");
      const { modifiedAt } = (await on.brevo("GET", "/contacts/ben@example.com")).body as {
        modifiedAt: string;
      };
      const since = new Date(Date.parse(modifiedAt) + 1).toISOString();
      while (Date.now() <= Date.parse(since)) await new Promise((resolve) => setTimeout(resolve, 1));
      state.blocklist("ann@example.com");
      await on.brevo("PUT", "/contacts/ben@example.com", { emailBlacklisted: true });
      const { contacts } = (await on.brevo("GET", `/contacts?modifiedSince=${encodeURIComponent(since)}`))
        .body;
      return (contacts as { email: string }[]).map(({ email }) => email);
    });
    expect(found).toEqual([["ben@example.com", "ann@example.com"], []]);
  });

  it("brevoAbsentErases", async () => {
    const names = await both("brevoAbsentErases", async (on) => {
      const list = ann(on);
      // No row names VIP.
      const rows = [
        { email: "ann@example.com", attributes: {} },
        { email: "b@example.com", attributes: { FIRSTNAME: "B" } },
      ];
      await imports(on, list, rows, { emptyContactsAttributes: true });
      return on.sandbox.brevo().contact("ann@example.com")?.attributes;
    });
    expect(names).toEqual([{ FIRSTNAME: "Ann", VIP: true }, {}]);
  });

  it("brevoPutIgnoresLabels", async () => {
    const stored = await both("brevoPutIgnoresLabels", async (on) => {
      ann(on);
      const enumeration = ["gold", "silver"].map((label, index) => ({ value: index + 1, label }));
      on.sandbox.brevo().addAttribute({ name: "TIER", category: "category", enumeration });
      const put = (attributes: object) => on.brevo("PUT", "/contacts/ann@example.com", { attributes });
      expect((await put({ TIER: 2 })).status).toBe(204);
      expect((await put({ TIER: "gold" })).status).toBe(204);
      return on.sandbox.brevo().contact("ann@example.com")?.attributes["TIER"];
    });
    expect(stored).toEqual([1, 2]);
  });

  it("brevoCsvDatesDayFirst", async () => {
    const stored = await both("brevoCsvDatesDayFirst", async (on) => {
      const list = ann(on);
      on.sandbox.brevo().addAttribute({ name: "BORN", category: "normal", type: "date" });
      const fileBody = "EMAIL;BORN\na@example.com;2001-02-03\nb@example.com;04-02-2001\n";
      await on.brevo("POST", "/contacts/import", { listIds: [list], fileBody });
      return ["a", "b"].map((one) => on.sandbox.brevo().contact(`${one}@example.com`)?.attributes["BORN"]);
    });
    expect(stored).toEqual([
      ["2001-02-03", "2001-02-04"],
      [undefined, "2001-02-04"],
    ]);
  });

  it("brevoNullErases", async () => {
    const names = await both("brevoNullErases", async (on) => {
      await imports(on, ann(on), [{ email: "ann@example.com", attributes: { FIRSTNAME: null } }]);
      return on.sandbox.brevo().contact("ann@example.com")?.attributes["FIRSTNAME"];
    });
    expect(names).toEqual(["Ann", undefined]);
  });

  it("brevoFalseIgnored, in JSON and not in CSV", async () => {
    const values = await both("brevoFalseIgnored", async (on) => {
      const list = ann(on);
      await imports(on, list, [{ email: "ann@example.com", attributes: { VIP: false } }]);
      const json = on.sandbox.brevo().contact("ann@example.com")?.attributes["VIP"];
      await on.brevo("POST", "/contacts/import", {
        listIds: [list],
        fileBody: "EMAIL;VIP\nann@example.com;No",
      });
      return [json, on.sandbox.brevo().contact("ann@example.com")?.attributes["VIP"]];
    });
    expect(values).toEqual([
      [false, false],
      [true, false],
    ]);
  });

  it("brevoWrongTypeDropsRow", async () => {
    const names = await both("brevoWrongTypeDropsRow", async (on) => {
      await imports(on, ann(on), [
        { email: "ann@example.com", attributes: { FIRSTNAME: "New", SCORE: "x" } },
      ]);
      return on.sandbox.brevo().contact("ann@example.com")?.attributes["FIRSTNAME"];
    });
    expect(names).toEqual(["New", "Ann"]);
  });

  it("brevoMergeLosesBlocklist", async () => {
    const blocked = await both("brevoMergeLosesBlocklist", async (on) => {
      const list = ann(on);
      on.sandbox.brevo().addContact("old@example.com", { attributes: { SMS: "4915112345678" } });
      on.sandbox.brevo().blocklist("old@example.com");
      await imports(on, list, [{ email: "ann@example.com", attributes: { SMS: "4915112345678" } }]);
      return on.sandbox.brevo().contact("ann@example.com")?.emailBlacklisted;
    });
    expect(blocked).toEqual([true, false]);
  });

  it("brevoListNamesUnique and sendgridListNamesUnique", async () => {
    const twice = (on: Awaited<ReturnType<typeof bench>>) =>
      on.brevo("POST", "/contacts/lists", { name: "x", folderId: 1 });
    const brevo = await both("brevoListNamesUnique", async (on) => [
      (await twice(on)).status,
      (await twice(on)).status,
    ]);
    expect(brevo).toEqual([
      [201, 201],
      [201, 400],
    ]);
    const again = (on: Awaited<ReturnType<typeof bench>>) =>
      on.sendgrid("POST", "/v3/marketing/lists", { name: "x" });
    const sendgrid = await both("sendgridListNamesUnique", async (on) => [
      (await again(on)).status,
      (await again(on)).status,
    ]);
    expect(sendgrid).toEqual([
      [201, 201],
      [201, 400],
    ]);
  });

  it("sendgridMissingIdentifierLosesRow", async () => {
    const names = await both("sendgridMissingIdentifierLosesRow", async (on) => {
      on.sandbox.sendgrid().addContact({ email: "a@example.com", external_id: "x1", first_name: "Old" });
      const { body } = await on.sendgrid("PUT", CONTACTS, {
        contacts: [{ email: "a@example.com", first_name: "New" }],
      });
      const job = (await on.sendgrid("GET", `${CONTACTS}/imports/${body.job_id}`)).body;
      return [on.sandbox.sendgrid().contact("a@example.com")?.["first_name"], job.status];
    });
    expect(names).toEqual([
      ["New", "completed"],
      ["Old", "failed"],
    ]);
  });

  it("sendgridWrongTypeSilent", async () => {
    const wrong = await both("sendgridWrongTypeSilent", async (on) => {
      const { body } = await on.sendgrid("PUT", CONTACTS, {
        contacts: [{ email: "a@example.com", phone_number: "12" }],
      });
      const job = (await on.sendgrid("GET", `${CONTACTS}/imports/${body.job_id}`)).body;
      return [job.status, on.sandbox.sendgrid().contactCount];
    });
    expect(wrong).toEqual([
      ["failed", 0],
      ["completed", 0],
    ]);
  });

  // The contract has no null, so that these exchanges are not held against it.
  it("sendgridNullLosesRow, of a reserved field; null in a custom field is refused whatever the switch", async () => {
    for (const lost of [false, true]) {
      const sandbox = await startSandbox({ delays: "none", switches: { sendgridNullLosesRow: lost } });
      onTestFinished(() => sandbox.stop());
      const note = sandbox.sendgrid().addField("note", "Text");
      const put = async (more: object) =>
        (
          await fetch(`${sandbox.sendgridUrl}${CONTACTS}`, {
            method: "PUT",
            headers: { authorization: "Bearer SG.sandbox-key" },
            body: JSON.stringify({ contacts: [{ email: "a@example.com", ...more }] }),
          })
        ).status;
      expect(await put({ custom_fields: { [note]: null } })).toBe(400);
      expect(await put({ first_name: null })).toBe(202);
      expect(sandbox.sendgrid().contactCount).toBe(lost ? 0 : 1);
    }
  });

  it("sendgridEmptyLosesRow, of a number and a date but never of a text", async () => {
    for (const [type, lost] of [
      ["Number", true],
      ["Date", true],
      ["Text", false],
    ] as const) {
      const stored = await both("sendgridEmptyLosesRow", async (on) => {
        const id = on.sandbox.sendgrid().addField("note", type);
        await on.sendgrid("PUT", CONTACTS, {
          contacts: [{ email: "a@example.com", custom_fields: { [id]: "" } }],
        });
        return on.sandbox.sendgrid().contactCount;
      });
      expect(stored).toEqual([1, lost ? 0 : 1]);
    }
  });

  it("sendgridUnknownListAccepted", async () => {
    const list_ids = ["2b0901c2-9d23-4399-93f1-b2a8f2cddee2"];
    const statuses = await both("sendgridUnknownListAccepted", async (on) => {
      const put = await on.sendgrid("PUT", CONTACTS, { list_ids, contacts: [{ email: "a@example.com" }] });
      const job =
        put.status === 202
          ? (await on.sendgrid("GET", `${CONTACTS}/imports/${put.body.job_id}`)).body.status
          : "none";
      return [put.status, job, on.sandbox.sendgrid().contactCount];
    });
    expect(statuses).toEqual([
      [404, "none", 0],
      [202, "failed", 0],
    ]);
  });

  it("sendgridRemoveJobUnknown", async () => {
    const statuses = await both("sendgridRemoveJobUnknown", async (on) => {
      const list = on.sandbox.sendgrid().addList("people");
      const { body } = await on.sendgrid("DELETE", `/v3/marketing/lists/${list}/contacts?contact_ids=x`);
      return (await on.sendgrid("GET", `${CONTACTS}/imports/${body.job_id}`)).status;
    });
    expect(statuses).toEqual([200, 404]);
  });

  it("sendgridCustomFieldsLeftOut, only while there are none", async () => {
    const listed = await both("sendgridCustomFieldsLeftOut", async (on) => {
      const ask = async () =>
        (await on.sendgrid("GET", "/v3/marketing/field_definitions")).body.custom_fields;
      const before = await ask();
      on.sandbox.sendgrid().addField("note", "Text");
      return [before, (await ask()).length];
    });
    expect(listed).toEqual([
      [[], 1],
      [undefined, 1],
    ]);
  });

  it("sendgridOnBehalfIgnored, at marketing and nowhere else", async () => {
    const accounts = [
      { vendor: "sendgrid", key: "SG.sandbox-key", id: 1 },
      { vendor: "sendgrid", key: "SG.sub", id: 2, parent: 1, username: "sub" },
    ] as const;
    for (const ignored of [false, true]) {
      const on = await bench({ accounts, switches: { sendgridOnBehalfIgnored: ignored } });
      const ask = async (path: string) =>
        (await on.sendgrid("GET", path, undefined, { "on-behalf-of": "sub" })).body;
      on.sandbox.sendgrid(2).addList("theirs");
      on.sandbox.sendgrid(2).unsubscribe("no@example.com");
      expect((await ask("/v3/marketing/lists")).result).toHaveLength(ignored ? 0 : 1);
      expect(await ask("/v3/suppression/unsubscribes")).toHaveLength(1);
      expect(await ask("/v3/user/username")).toMatchObject({ user_id: 2 });
    }
  });

  it("sendgridNewFieldUnusable, for its time", async () => {
    let now = 1_000_000;
    const on = await bench({
      clock: () => now,
      delays: { jobMs: 0, visibleMs: 0, fieldMs: 5000 },
      switches: { sendgridNewFieldUnusable: true },
    });
    const id = (
      await on.sendgrid("POST", "/v3/marketing/field_definitions", { name: "note", field_type: "Text" })
    ).body.id;
    const put = () =>
      on.sendgrid("PUT", CONTACTS, { contacts: [{ email: "a@example.com", custom_fields: { [id]: "x" } }] });
    expect((await put()).body.errors[0].message).toContain("invalid custom field ids supplied");
    now += 5000;
    expect((await put()).status).toBe(202);
  });

  it("sendgridJobStaysPending, with counts, while the effect is visible", async () => {
    const on = await bench({
      delays: { jobMs: 1000, visibleMs: 0 },
      switches: { sendgridJobStaysPending: true },
    });
    const { body } = await on.sendgrid("PUT", CONTACTS, { contacts: [{ email: "a@example.com" }] });
    await expect.poll(() => on.sandbox.sendgrid().contactCount, { interval: 5 }).toBe(1);
    const job = on.sandbox.sendgrid().jobs.find(({ id }) => id === body.job_id);
    expect(job).toMatchObject({ status: "pending", results: { created_count: 1 } });
    await on.sandbox.settle();
    expect(job?.status).toBe("completed");
  });
});
