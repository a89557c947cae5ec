import { describe, expect, it } from "vitest";
import { type Bench, bench } from "./support.js";

async function imported(on: Bench, body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { status, body: accepted } = await on.brevo("POST", "/contacts/import", body);
  expect(status).toBe(202);
  return (await on.brevo("GET", `/processes/${accepted.processId}`)).body;
}

describe("Brevo imports", () => {
  it("lower-case addresses, ignore unknown attributes, lower-case names and wrong types, and still end completed", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    state.addAttribute({ name: "SCORE", category: "normal", type: "float" });
    state.addAttribute({ name: "BORN", category: "normal", type: "date" });
    const list = state.addList("people");
    const process = await imported(on, {
      listIds: [list],
      jsonBody: [
        {
          email: " Ann@Example.COM ",
          attributes: {
            FIRSTNAME: "Änn",
            firstname: "no",
            NOPE: 1,
            SCORE: "7",
            BORN: "1990-02-30",
            LASTNAME: 5,
          },
        },
        { email: "bob@example.com", attributes: { SCORE: 7.5, BORN: "31-12-1999" } },
      ],
    });
    expect(process).toMatchObject({
      name: "IMPORTUSER",
      status: "completed",
      info: { import: { invalid_emails: null } },
    });
    expect(state.members(list)).toMatchObject([
      { email: "ann@example.com", attributes: { FIRSTNAME: "Änn" } },
      { email: "bob@example.com", attributes: { SCORE: 7.5, BORN: "1999-12-31" } },
    ]);
    expect(state.contact("ann@example.com")?.attributes).toEqual({ FIRSTNAME: "Änn" });
  });

  it("read CSV with commas and with tabs", async () => {
    const on = await bench();
    const list = on.sandbox.brevo().addList("people");
    for (const [name, separator] of [
      ["comma", ","],
      ["tab", "\t"],
    ]) {
      const rows = [
        ["EMAIL", "FIRSTNAME"],
        [`${name}@example.com`, '"A; B"'],
      ];
      const fileBody = rows.map((row) => row.join(separator)).join("\n");
      await imported(on, { listIds: [list], fileBody });
      expect(on.sandbox.brevo().contact(`${name}@example.com`)?.attributes).toEqual({ FIRSTNAME: "A; B" });
    }
  });

  it("are refused with 400 where nothing identifies anybody", async () => {
    const on = await bench();
    const list = on.sandbox.brevo().addList("people");
    for (const jsonBody of [[{ email: "nonsense" }], [{ attributes: { FIRSTNAME: "Ann" } }]]) {
      const { status, body } = await on.brevo("POST", "/contacts/import", { listIds: [list], jsonBody });
      expect([status, body.code]).toEqual([400, "invalid_parameter"]);
    }
    await imported(on, { listIds: [list], jsonBody: [{ attributes: { SMS: "+4915112345678" } }] });
    expect(on.sandbox.brevo().memberCount(list)).toBe(1);
  });

  it("name bad and repeated addresses in reports, one a reason", async () => {
    const on = await bench();
    const list = on.sandbox.brevo().addList("people");
    const process = await imported(on, {
      listIds: [list],
      jsonBody: [
        { email: "nonsense" },
        { email: "ann@example.com", attributes: { FIRSTNAME: "first" } },
        { email: "ANN@example.com", attributes: { FIRSTNAME: "second" } },
      ],
    });
    const reports = (process["info"] as { import: Record<string, string> }).import;
    expect(await on.file(reports["invalid_emails"] ?? "")).toBe("EMAIL\nnonsense\n");
    expect(await on.file(reports["duplicate_email_id"] ?? "")).toBe("EMAIL\nann@example.com\n");
    expect(on.sandbox.brevo().contact("ann@example.com")?.attributes).toEqual({ FIRSTNAME: "first" });
  });

  it("read CSV with semicolons, quotes, Yes/No, numbers and both forms of dates", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    for (const [name, type] of [
      ["VIP", "boolean"],
      ["SCORE", "float"],
      ["BORN", "date"],
    ] as const)
      state.addAttribute({ name, category: "normal", type });
    const list = state.addList("people");
    await imported(on, {
      listIds: [list],
      fileBody:
        '\uFEFFEMAIL;FIRSTNAME;VIP;SCORE;BORN\r\nann@example.com;"A; ""n""\nn";Yes;1.5;31-12-1999\r\nbob@example.com;;No;;2001-02-03',
    });
    expect(state.members(list).map(({ attributes }) => attributes)).toEqual([
      { FIRSTNAME: 'A; "n"\nn', VIP: true, SCORE: 1.5, BORN: "1999-12-31" },
      { VIP: false, BORN: "2001-02-03" },
    ]);
  });

  it("leave stored values at empty ones, or erase them with emptyContactsAttributes", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    state.addContact("ann@example.com", { attributes: { FIRSTNAME: "Ann", LASTNAME: "Lee" } });
    const row = { email: "ann@example.com", attributes: { FIRSTNAME: "" } };
    await imported(on, { listIds: [list], jsonBody: [row] });
    expect(state.contact("ann@example.com")?.attributes).toEqual({ FIRSTNAME: "Ann", LASTNAME: "Lee" });
    await imported(on, { listIds: [list], emptyContactsAttributes: true, jsonBody: [row] });
    expect(state.contact("ann@example.com")?.attributes).toEqual({ LASTNAME: "Lee" });
  });

  it("touch no attributes with updateExistingContacts false, but add to the list", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    state.addContact("ann@example.com", { attributes: { FIRSTNAME: "Ann" } });
    await imported(on, {
      listIds: [list],
      updateExistingContacts: false,
      jsonBody: [{ email: "ann@example.com", attributes: { FIRSTNAME: "Other" } }],
    });
    expect(state.members(list)).toMatchObject([{ attributes: { FIRSTNAME: "Ann" } }]);
  });

  it("merge contacts that a row joins by a phone number, and delete the loser", async () => {
    const on = await bench();
    const state = on.sandbox.brevo();
    const list = state.addList("people");
    await imported(on, {
      listIds: [list],
      jsonBody: [
        { email: "ann@example.com", attributes: { SMS: "+4915112345678" } },
        { email: "bob@example.com", attributes: { FIRSTNAME: "Bob" } },
      ],
    });
    expect(state.contact("ann@example.com")?.attributes["SMS"]).toBe("4915112345678");
    await imported(on, {
      listIds: [list],
      jsonBody: [{ email: "bob@example.com", attributes: { SMS: "004915112345678" } }],
    });
    expect(state.contact("ann@example.com")).toBeUndefined();
    expect(state.contactCount).toBe(1);
    expect((await on.brevo("GET", "/contacts/4915112345678?identifierType=phone_id")).body.email).toBe(
      "bob@example.com",
    );
  });

  it("make a list when asked to, and refuse what has no target, no source or two sources", async () => {
    const on = await bench();
    const jsonBody = [{ email: "ann@example.com" }];
    await imported(on, { newList: { listName: "fresh", folderId: 1 }, jsonBody });
    expect(on.sandbox.brevo().memberCount(on.sandbox.brevo().listIds("fresh")[0] ?? 0)).toBe(1);
    for (const bad of [
      { jsonBody },
      { listIds: [2] },
      { listIds: [2], jsonBody, fileBody: "EMAIL\na@example.com" },
      { listIds: [99], jsonBody },
    ])
      expect((await on.brevo("POST", "/contacts/import", bad)).status).toBe(400);
    const reachable = await on.brevo("POST", "/contacts/import", {
      listIds: [2],
      fileUrl: "https://example.com/a.csv",
    });
    expect(reachable.body).toMatchObject({ code: "invalid_parameter" });
  });

  it("refuse bodies over 10 MB and bodies that are not JSON", async () => {
    const on = await bench();
    const list = on.sandbox.brevo().addList("people");
    const fileBody = `EMAIL\n${"x".repeat(10_000_000)}@example.com`;
    expect((await on.brevo("POST", "/contacts/import", { listIds: [list], fileBody })).status).toBe(400);
    expect(
      (await on.brevo("POST", "/contacts/import", `{"listIds":[${list}],"jsonBody":[{"email":]}`)).status,
    ).toBe(400);
    expect(
      (await on.brevo("POST", "/contacts/import", `{"listIds":[${list}],"jsonBody":[{"email":}]}`)).status,
    ).toBe(400);
  });

  it("fail as a whole beyond the contact limit", async () => {
    const on = await bench({ accounts: [{ vendor: "brevo", key: "sandbox-brevo-key", contactLimit: 1 }] });
    const list = on.sandbox.brevo().addList("people");
    const process = await imported(on, {
      listIds: [list],
      jsonBody: [{ email: "a@example.com" }, { email: "b@example.com" }],
    });
    expect(process["status"]).toBe("failed");
    expect(on.sandbox.brevo().contactCount).toBe(0);
  });

  it("run one after the other", async () => {
    const on = await bench({ delays: { jobMs: 60_000, visibleMs: 0 } });
    const list = on.sandbox.brevo().addList("people");
    for (const email of ["a@example.com", "b@example.com"])
      await on.brevo("POST", "/contacts/import", { listIds: [list], jsonBody: [{ email }] });
    expect(on.sandbox.brevo().processes.map(({ status }) => status)).toEqual(["in_process", "queued"]);
    expect(on.sandbox.brevo().contactCount).toBe(0);
    await on.sandbox.settle();
    const { body } = await on.brevo("GET", "/processes?limit=50&sort=desc");
    expect(body.processes.map((one: { id: number; status: string }) => [one.id, one.status])).toEqual([
      [2, "completed"],
      [1, "completed"],
    ]);
  });
});
