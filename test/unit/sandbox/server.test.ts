import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startSandbox } from "../../../src/sandbox/index.js";
import { bench } from "./support.js";

describe("rate limits", () => {
  it("of Brevo are 10 a second on contacts, with a relative reset and no Retry-After", async () => {
    let now = 1_700_000_000_000;
    const on = await bench({ limits: "vendor", clock: () => now });
    const first = await on.brevo("GET", "/contacts");
    expect(first.headers.get("x-sib-ratelimit-limit")).toBe("10");
    expect(first.headers.get("x-sib-ratelimit-remaining")).toBe("9");
    expect(first.headers.get("x-sib-ratelimit-reset")).toBe("1");
    for (let index = 0; index < 9; index++)
      expect((await on.brevo("GET", "/contacts/lists")).status).toBe(200);
    const refused = await on.brevo("GET", "/contacts");
    expect(refused).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
    expect(refused.headers.get("retry-after")).toBeNull();
    now += 1000;
    expect((await on.brevo("GET", "/contacts")).status).toBe(200);
    expect(on.sandbox.stats().limited).toBe(1);
  });

  it("of Brevo are told otherwise by the switch, and of some endpoints not at all", async () => {
    const switches = { brevoLimitsToldOtherwise: true };
    const on = await bench({ limits: "vendor", clock: () => 1000, switches });
    const told = async (path: string) => {
      const { status, headers } = await on.brevo("GET", path);
      return [status, headers.get("x-sib-ratelimit-limit"), headers.get("x-sib-ratelimit-remaining")];
    };
    expect(await told("/contacts/lists")).toEqual([200, "20", "19"]);
    for (let index = 1; index < 10; index++) await told("/contacts/lists");
    expect(await told("/contacts/lists")).toEqual([429, "10", "0"]);
    expect(await told("/processes")).toEqual([200, null, null]);
  });

  it("of Brevo are 100 an hour for everything else together, more on other plans", async () => {
    let now = 1_700_000_000_000;
    const on = await bench({
      limits: "vendor",
      clock: () => now,
      accounts: [
        { vendor: "brevo", key: "sandbox-brevo-key" },
        { vendor: "brevo", key: "other", id: "other", plan: "advanced" },
      ],
    });
    for (let index = 0; index < 100; index++)
      expect((await on.brevo("GET", index % 2 === 0 ? "/account" : "/processes")).status).toBe(200);
    const refused = await on.brevo("GET", "/account");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("x-sib-ratelimit-reset")).toBe("3600");
    const other = await on.brevo("GET", "/account", undefined, { "api-key": "other" });
    expect(other.headers.get("x-sib-ratelimit-limit")).toBe("200");
    now += 3_600_000;
    expect((await on.brevo("GET", "/account")).status).toBe(200);
  });

  it.each([
    [false, "30"],
    [true, "1700000040"],
  ])(
    "of SendGrid are a minute's per endpoint; the reset is an epoch with the switch: %s",
    async (epoch, reset) => {
      let now = 1_700_000_010_000;
      const on = await bench({
        limits: "vendor",
        clock: () => now,
        switches: { sendgridResetIsEpoch: epoch },
      });
      const remove = () => on.sendgrid("DELETE", "/v3/marketing/contacts?ids=x");
      for (let index = 0; index < 200; index++) expect((await remove()).status).toBe(202);
      const refused = await remove();
      expect(refused).toMatchObject({
        status: 429,
        body: { errors: [{ field: null, message: "too many requests" }] },
      });
      expect(refused.headers.get("x-ratelimit-reset")).toBe(reset);
      const other = await on.sendgrid("GET", "/v3/marketing/lists");
      expect(other.headers.get("x-ratelimit-limit")).toBe("600");
      now += 30_000;
      expect((await remove()).status).toBe(202);
    },
  );
});

describe("faults", () => {
  it("answer something else, before or after the request took effect", async () => {
    const on = await bench({
      faults: [
        {
          vendor: "brevo",
          path: "/contacts/import",
          nth: 1,
          effect: { kind: "answer", status: 524, body: "<html>524</html>", carriedOut: true },
        },
        { vendor: "brevo", path: "/contacts/import", nth: [2], effect: { kind: "answer", status: 503 } },
      ],
    });
    const list = on.sandbox.brevo().addList("people");
    const send = (email: string) =>
      on.brevo("POST", "/contacts/import", { listIds: [list], jsonBody: [{ email }] });
    expect(await send("a@example.com")).toMatchObject({ status: 524, text: "<html>524</html>" });
    expect((await send("b@example.com")).status).toBe(503);
    expect((await send("c@example.com")).status).toBe(202);
    expect(
      on.sandbox
        .brevo()
        .members(list)
        .map(({ email }) => email),
    ).toEqual(["a@example.com", "c@example.com"]);
  });

  it("break connections and cut answers short", async () => {
    const on = await bench();
    const lists = () => on.sendgrid("POST", "/v3/marketing/lists", { name: "x" });
    const heal = on.sandbox.inject({
      method: "post",
      path: "/v3/marketing/*",
      effect: { kind: "drop", carriedOut: true },
    });
    await expect(lists()).rejects.toThrow();
    heal();
    expect(on.sandbox.sendgrid().listIds("x")).toHaveLength(1);
    const cut = on.sandbox.inject({ effect: { kind: "truncate", bytes: 10 } });
    await expect(lists()).rejects.toThrow();
    cut();
    on.sandbox.inject({ effect: { kind: "slow", ms: 20 } });
    expect((await lists()).status).toBe(201);
  });

  it("spoil the files of reports and exports when they name them", async () => {
    const on = await bench({ faults: [{ effect: { kind: "slow", ms: 1 } }] });
    const list = on.sandbox.brevo().addList("people");
    await on.brevo("POST", "/contacts/import", {
      listIds: [list],
      jsonBody: [{ email: "nonsense" }, { email: "a@example.com" }],
    });
    const url = on.sandbox.brevo().processes[0]?.info?.import.invalid_emails ?? "";
    const heal = on.sandbox.inject({
      vendor: "files",
      path: "*invalid_emails.csv*",
      effect: { kind: "truncate", bytes: 8 },
    });
    await expect(on.file(url)).rejects.toThrow();
    heal();
    on.sandbox.inject({ vendor: "files", nth: 1, effect: { kind: "answer", status: 403, body: "expired" } });
    expect(await on.file(url)).toBe("expired");
    expect(await on.file(url)).toBe("EMAIL\nnonsense\n");
  });

  it("strike at a rate that a seed repeats", async () => {
    const run = async () => {
      const on = await bench({ faults: [{ rate: 0.3, seed: 7, effect: { kind: "answer", status: 500 } }] });
      const statuses: number[] = [];
      for (let index = 0; index < 40; index++) statuses.push((await on.brevo("GET", "/account")).status);
      return statuses;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });
});

describe("state on disk", () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  it("survives a restart, ids and opt-outs included", async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), "rollcall-sandbox-"));
    folders.push(stateFolder);
    const one = await startSandbox({ stateFolder, delays: { jobMs: 60_000, visibleMs: 0 } });
    const [brevo, sendgrid] = [one.brevo(), one.sendgrid()];
    const list = brevo.addList("people");
    brevo.addContact("gone@example.com");
    brevo.addContact("a@example.com", {
      attributes: { FIRSTNAME: "Ä", SMS: "4915112345678" },
      lists: [list],
    });
    brevo.blocklist("a@example.com");
    brevo.unsubscribe("a@example.com", list);
    const headers = { "api-key": "sandbox-brevo-key" };
    await fetch(`${one.brevoUrl}/contacts/gone%40example.com`, { method: "DELETE", headers });
    const body = JSON.stringify({ listIds: [list], jsonBody: [{ email: "queued@example.com" }] });
    await fetch(`${one.brevoUrl}/contacts/import`, { method: "POST", headers, body });
    const people = sendgrid.addList("people");
    const field = sendgrid.addField("score", "Number");
    sendgrid.addContact({ email: "b@example.com", external_id: "x", custom_fields: { [field]: 1 } }, [
      people,
    ]);
    sendgrid.unsubscribe("c@example.com");
    sendgrid.unsubscribeFromGroup("d@example.com", sendgrid.addGroup("News", 12).id);
    const before = { brevo: brevo.contact("a@example.com"), sendgrid: sendgrid.contact("b@example.com") };
    await one.stop();

    const two = await startSandbox({ stateFolder, delays: "none" });
    expect(two.brevo().contact("a@example.com")).toEqual(before.brevo);
    expect(
      two
        .brevo()
        .members(list)
        .map(({ email }) => email),
    ).toEqual(["queued@example.com"]);
    expect(two.brevo().contact("gone@example.com")).toBeUndefined();
    expect(two.brevo().processes).toMatchObject([{ id: 1, status: "completed" }]);
    expect(two.brevo().addList("next")).toBe(list + 1);
    expect(two.sendgrid().contact("b@example.com")).toEqual(before.sendgrid);
    const group = await fetch(`${two.sendgridUrl}/v3/asm/groups/12/suppressions`, {
      headers: { authorization: "Bearer SG.sandbox-key" },
    });
    expect(await group.json()).toEqual(["d@example.com"]);
    await two.stop();
    for (const file of await readdir(stateFolder)) {
      expect(file).not.toContain("part");
      expect((await stat(join(stateFolder, file))).mode & 0o077).toBe(0);
    }
  });
});

describe("the look", () => {
  it("shows counts and masked addresses, never whole ones or keys", async () => {
    const on = await bench();
    const list = on.sandbox.brevo().addList("<people>");
    on.sandbox.brevo().addContact("secret.person@example.com", { lists: [list] });
    on.sandbox.sendgrid().bounce("x@example.com");
    await on.brevo("POST", "/contacts/import", { listIds: [list], jsonBody: [{ email: "a@example.com" }] });
    const page = await on.file(`${on.sandbox.url}/`);
    expect(page).toContain("&lt;people&gt;");
    expect(page).toContain("s•••@example.com");
    expect(page).not.toContain("secret.person");
    const state = JSON.parse(await on.file(`${on.sandbox.url}/state`)) as Record<string, unknown>;
    expect(state).toMatchObject({
      accounts: [
        {
          vendor: "brevo",
          contacts: 2,
          lists: [{ members: 2 }],
          jobs: [{ kind: "IMPORTUSER", status: "completed" }],
        },
        { vendor: "sendgrid", suppressed: { bounced: 1 } },
      ],
      requests: { requests: 1 },
    });
    expect(JSON.stringify(state)).not.toMatch(/secret\.person|sandbox-brevo-key/);
  });

  it("says when the port is taken", async () => {
    const on = await bench();
    const port = Number(new URL(on.sandbox.url).port);
    await expect(startSandbox({ port })).rejects.toMatchObject({ name: "Failure", kind: "conflict" });
  });
});
