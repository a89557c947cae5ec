import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bench } from "./support.js";

const MARKETING = "/v3/marketing";

describe("SendGrid searches", () => {
  it("answer what they found, 404 for nothing, 400 for a bad address or more than 100", async () => {
    const on = await bench();
    const state = on.sandbox.sendgrid();
    state.addContact({ email: "a@example.com", alternate_emails: ["Other@example.com"], external_id: "x1" });
    const search = (emails: readonly string[]) =>
      on.sendgrid("POST", `${MARKETING}/contacts/search/emails`, { emails });
    const found = await search(["A@Example.com", "nobody@example.com", ""]);
    expect(found.body.result).toMatchObject({
      "a@example.com": { contact: { email: "a@example.com", external_id: "x1", segment_ids: [] } },
      "nobody@example.com": { error: "contact not found" },
    });
    expect((await search(["other@example.com"])).body.result["other@example.com"].contact.email).toBe(
      "a@example.com",
    );
    expect((await search(["nobody@example.com"])).status).toBe(404);
    expect((await search(["nonsense"])).status).toBe(400);
    expect((await search(Array.from({ length: 101 }, (_, index) => `p${index}@example.com`))).status).toBe(
      400,
    );
    const byId = await on.sendgrid("POST", `${MARKETING}/contacts/search/identifiers/external_id`, {
      identifiers: ["x1"],
    });
    expect(byId.body.result.x1.contact.email).toBe("a@example.com");
    const id = found.body.result["a@example.com"].contact.id;
    expect((await on.sendgrid("GET", `${MARKETING}/contacts/${id}`)).body.email).toBe("a@example.com");
    expect(
      (await on.sendgrid("POST", `${MARKETING}/contacts/batch`, { ids: [id, "x"] })).body.result,
    ).toHaveLength(1);
    expect((await on.sendgrid("GET", `${MARKETING}/contacts/nope`)).status).toBe(404);
    expect((await on.sendgrid("GET", `${MARKETING}/contacts/count`)).body).toMatchObject({
      contact_count: 1,
      identifier_counts: { EXTID: 1 },
    });
  });
});

describe("SendGrid lists", () => {
  it("are made, renamed, paged with a token and deleted", async () => {
    const on = await bench();
    for (const name of ["a", "b", "c"])
      expect((await on.sendgrid("POST", `${MARKETING}/lists`, { name })).status).toBe(201);
    const first = await on.sendgrid("GET", `${MARKETING}/lists?page_size=2`);
    expect(first.body.result.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    const next = new URL(first.body._metadata.next);
    const second = await on.sendgrid("GET", next.pathname + next.search);
    expect(second.body.result.map(({ name }: { name: string }) => name)).toEqual(["c"]);
    expect(second.body._metadata.next).toBeUndefined();
    const id = second.body.result[0].id;
    expect((await on.sendgrid("PATCH", `${MARKETING}/lists/${id}`, { name: "d" })).body.name).toBe("d");
    expect((await on.sendgrid("DELETE", `${MARKETING}/lists/${id}`)).status).toBe(204);
    expect((await on.sendgrid("GET", `${MARKETING}/lists/${id}`)).status).toBe(404);
    expect((await on.sendgrid("POST", `${MARKETING}/lists`, { name: "" })).status).toBe(400);
  });

  it("lose members by contact id, while the contacts stay", async () => {
    const on = await bench();
    const state = on.sandbox.sendgrid();
    const list = state.addList("people");
    for (const email of ["a@example.com", "b@example.com"]) state.addContact({ email }, [list]);
    const id = String(state.contact("a@example.com")?.["id"]);
    const path = `${MARKETING}/lists/${list}/contacts`;
    const removed = await on.sendgrid("DELETE", `${path}?contact_ids=${id},unknown`);
    expect(removed.status).toBe(202);
    expect(state.members(list).map((member) => member["email"])).toEqual(["b@example.com"]);
    expect(state.contactCount).toBe(2);
    expect((await on.sendgrid("GET", `${path}/count`)).body.contact_count).toBe(1);
    expect((await on.sendgrid("DELETE", `${path}?contact_ids=`)).body).not.toHaveProperty("errors");
    const far = await on.sendgrid(
      "DELETE",
      `${path}?contact_ids=${Array.from({ length: 230 }, () => id).join()}`,
    );
    expect(far.status).toBe(414);
    expect(far.text).toContain("<html>");
  });

  it("count the calls that delete contacts everywhere", async () => {
    const on = await bench();
    const state = on.sandbox.sendgrid();
    state.addContact({ email: "a@example.com" });
    const id = String(state.contact("a@example.com")?.["id"]);
    expect((await on.sendgrid("DELETE", `${MARKETING}/contacts?ids=${id}`)).status).toBe(202);
    expect(state.contactCount).toBe(0);
    const calls = on.sandbox
      .stats()
      .endpoints.find(({ endpoint }) => endpoint === `DELETE ${MARKETING}/contacts`);
    expect(calls?.requests).toBe(1);
  });
});

describe("SendGrid exports", () => {
  async function exported(options: Parameters<typeof bench>[0], type: string) {
    const on = await bench({ clock: () => Date.UTC(2026, 0, 2), ...options });
    const state = on.sandbox.sendgrid();
    const list = state.addList("people");
    const score = state.addField("score", "Number");
    state.addContact({ email: "a@example.com", first_name: 'A, "n"', custom_fields: { [score]: 7 } }, [list]);
    state.addContact({ email: "b@example.com" });
    const started = await on.sendgrid("POST", `${MARKETING}/contacts/exports`, {
      list_ids: [list],
      file_type: type,
      notifications: { email: false },
    });
    expect(started.status).toBe(202);
    const { body } = await on.sendgrid("GET", `${MARKETING}/contacts/exports/${started.body.id}`);
    expect(body).toMatchObject({ status: "ready", contact_count: 1 });
    return { on, url: String(body.urls[0]), id: state.contact("a@example.com")?.["id"] };
  }

  it("are one JSON object a line, without a key to fetch them", async () => {
    const { on, url, id } = await exported({}, "json");
    expect(
      (await on.file(url))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        contact_id: id,
        email: "a@example.com",
        first_name: 'A, "n"',
        created_at: "2026-01-02T00:00:00Z",
        updated_at: "2026-01-02T00:00:00Z",
        custom_fields: { score: 7 },
      },
    ]);
  });

  it("are CSV on demand", async () => {
    const { on, url, id } = await exported({}, "csv");
    const [head, row] = (await on.file(url)).split("\n");
    expect(head).toMatch(/^EMAIL,FIRST_NAME,.*CONTACT_ID,score$/);
    expect(row).toMatch(/^a@example\.com,"A, ""n""",/);
    expect(row).toContain(`${String(id)},7`);
  });

  it("are gzip without saying so, with the switch", async () => {
    const { url } = await exported({ switches: { sendgridExportsGzipped: true } }, "json");
    expect(url).toContain(".json.gzip");
    const response = await fetch(url);
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toContain("a@example.com");
  });
});

describe("SendGrid fields and people", () => {
  it("have reserved and custom fields", async () => {
    const on = await bench();
    const fields = `${MARKETING}/field_definitions`;
    expect((await on.sendgrid("GET", fields)).body.custom_fields).toEqual([]);
    const made = await on.sendgrid("POST", fields, { name: "Score", field_type: "Number" });
    expect(made).toMatchObject({ status: 200, body: { id: "e1_N", name: "Score" } });
    for (const name of ["score", "email", "1st", "with space"])
      expect((await on.sendgrid("POST", fields, { name, field_type: "Text" })).status).toBe(400);
    const { body } = await on.sendgrid("GET", fields);
    expect(body.custom_fields).toEqual([{ id: "e1_N", name: "Score", field_type: "Number" }]);
    expect(body.reserved_fields).toContainEqual({ id: "_rf0_T", name: "first_name", field_type: "Text" });
  });

  it("keep suppressions apart from contacts, in pages and by time", async () => {
    let now = Date.UTC(2026, 0, 1);
    const on = await bench({ clock: () => now });
    const state = on.sandbox.sendgrid();
    state.unsubscribe("A@example.com");
    now += 10_000;
    state.unsubscribe("b@example.com");
    state.bounce("c@example.com");
    state.reportSpam("d@example.com");
    const emails = async (path: string) =>
      (await on.sendgrid("GET", path)).body.map((one: { email: string }) => one.email);
    expect(await emails("/v3/suppression/unsubscribes?limit=1&offset=1")).toEqual(["b@example.com"]);
    expect(await emails(`/v3/suppression/unsubscribes?start_time=${now / 1000}`)).toEqual(["b@example.com"]);
    expect(await emails("/v3/suppression/bounces")).toEqual(["c@example.com"]);
    expect(await emails("/v3/suppression/spam_reports")).toEqual(["d@example.com"]);
    expect((await on.sendgrid("GET", "/v3/suppression/bounces?limit=501")).status).toBe(400);
    expect((await on.sendgrid("GET", "/v3/asm/suppressions/global/a%40example.com")).body).toEqual({
      recipient_email: "a@example.com",
    });
    expect((await on.sendgrid("GET", "/v3/asm/suppressions/global/x%40example.com")).body).toEqual({});
    const group = (await on.sendgrid("POST", "/v3/asm/groups", { name: "News", description: "News" })).body
      .id;
    await on.sendgrid("POST", `/v3/asm/groups/${group}/suppressions`, {
      recipient_emails: ["E@example.com"],
    });
    expect((await on.sendgrid("GET", `/v3/asm/groups/${group}/suppressions`)).body).toEqual([
      "e@example.com",
    ]);
    expect((await on.sendgrid("GET", "/v3/asm/groups")).body).toMatchObject([{ id: group, unsubscribes: 1 }]);
  });

  it("know the account and its scopes, and refuse a wrong key", async () => {
    const on = await bench();
    expect((await on.sendgrid("GET", "/v3/user/username")).body).toEqual({
      username: "sandbox-1001",
      user_id: 1001,
    });
    expect((await on.sendgrid("GET", "/v3/scopes")).body.scopes).toContain("marketing.read");
    expect((await on.sendgrid("GET", "/v3/scopes", undefined, { authorization: "Bearer no" })).status).toBe(
      401,
    );
    expect((await on.sendgrid("GET", "/v3/nothing")).status).toBe(404);
  });
});
