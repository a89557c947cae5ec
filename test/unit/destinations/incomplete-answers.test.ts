import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { brevo } from "../../../src/destinations/brevo/index.js";
import { sendgrid } from "../../../src/destinations/sendgrid/index.js";
import { Failure } from "../../../src/model/failure.js";
import { Secret } from "../../../src/platform/secrets/secret.js";
import type { Destination } from "../../../src/plugin/destination.js";
import { startFaultServer, type FaultServer } from "../../support/fault-server.js";
import { rowsOf } from "../../support/sql.js";
import { CONNECTION } from "./sendgrid/attributes.js";

const LIST = "6d4ab1f4-6f64-4f5b-9a3c-2f6f0a3c1f10";
const signal = new AbortController().signal;
type Answer = { readonly status?: number; readonly body: unknown };
let scratch: string;
let server: FaultServer;
/** By method and path without the query; `offset` is what the query says. */
let answer: (call: string, offset: number, body: string) => Answer | undefined;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "rollcall-incomplete-"));
  server = await startFaultServer([
    ({ method, url, body }, response) => {
      const { pathname, searchParams } = new URL(url, "http://x");
      const found = answer(`${method} ${pathname}`, Number(searchParams.get("offset") ?? 0), body);
      const { status = 200, body: said } = found ?? { status: 404, body: {} };
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof said === "string" || Buffer.isBuffer(said) ? said : JSON.stringify(said));
    },
  ]);
});
afterEach(async () => {
  await server.close();
  await rm(scratch, { recursive: true });
});

function open(vendor: "brevo" | "sendgrid", options: Record<string, unknown> = {}): Destination {
  return { brevo, sendgrid }[vendor].open({
    connection: {
      ...CONNECTION,
      type: vendor,
      baseUrl: server.url,
      options: { rateLimits: "none", ...options },
    },
    apiKey: new Secret("key"),
    folder: scratch,
    scratch,
    spent: {},
  });
}

/** It has to fail by a word of ours that names no address, and with this kind. */
async function refused(work: Promise<unknown>, says: RegExp, kind = "permanent"): Promise<void> {
  const error: unknown = await work.then(
    (value) => JSON.stringify(value),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).message).toMatch(says);
  expect((error as Failure).message).not.toMatch(/anna/);
  expect((error as Failure).kind).toBe(kind);
}

const person = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  email: `anna${id}@example.com`,
  emailBlacklisted: false,
  listIds: [1],
  listUnsubscribed: null,
  attributes: {},
  ...more,
});
const people = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => person(from + index));

describe("Brevo's contacts", () => {
  const scan = () => open("brevo").optOuts({ since: undefined, lists: [] }, signal);
  const pages = (page: (offset: number) => unknown) => {
    answer = (call, offset) => (call === "GET /contacts" ? { body: page(offset) } : undefined);
  };

  it.each<[string, unknown, RegExp, string?]>([
    ["a count without contacts", { contacts: [], count: 5 }, /no contact, although it counts some/],
    ["no count", { contacts: [person(1)] }, /count is missing/],
    ["a count as text", { contacts: [person(1)], count: "1" }, /count is text/],
    ["a negative count", { contacts: [], count: -1 }, /count is another number/],
    ["null for the contacts", { contacts: null, count: 0 }, /contacts is null/],
    ["an object for the contacts", { contacts: { 0: person(1) }, count: 1 }, /contacts is an object/],
    ["a list for the whole", [person(1)], /the answer is a list/],
    ["nothing", "", /nothing instead of JSON/],
    ["an HTML page", "<html>anna</html>", /an HTML page/],
    [
      "an answer that breaks off",
      JSON.stringify({ contacts: [person(1)], count: 1 }).slice(0, 60),
      /something else/,
    ],
    [
      "a name twice",
      JSON.stringify({ contacts: [person(1)], count: 1 }).replace(
        '"emailB',
        '"emailBlacklisted":true,"emailB',
      ),
      /stands twice/,
    ],
    [
      "another encoding",
      Buffer.from(
        JSON.stringify({ contacts: [person(1, { email: "anna\u00eb@example.com" })], count: 1 }),
        "latin1",
      ),
      /not UTF-8/,
    ],
    [
      "no flag",
      { contacts: [{ ...person(1), emailBlacklisted: undefined }], count: 1 },
      /contacts\[0\].emailBlacklisted is missing/,
    ],
    [
      "a flag as text",
      { contacts: [person(1, { emailBlacklisted: "true" })], count: 1 },
      /emailBlacklisted is text/,
    ],
    [
      "a flag as number",
      { contacts: [person(1, { emailBlacklisted: 1 })], count: 1 },
      /emailBlacklisted is another number/,
    ],
    ["no id", { contacts: [{ ...person(1), id: undefined }], count: 1 }, /contacts\[0\].id is missing/],
    [
      "nothing to identify somebody by",
      { contacts: [{ ...person(1), email: undefined }], count: 1 },
      /nothing else identifies/,
    ],
    [
      "lists that are text",
      { contacts: [person(1, { listUnsubscribed: "1" })], count: 1 },
      /listUnsubscribed is text/,
    ],
    [
      "fewer than are counted",
      { contacts: people(1, 2), count: 3 },
      /GET \/contacts .* gave 2 of the 3|the same page/,
      "transient",
    ],
    [
      "attributes nested without end",
      `{"contacts":[{"id":1,"email":"anna@x","emailBlacklisted":false,"listIds":[],"attributes":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}],"count":1}`,
      /nested too deeply/,
    ],
  ])("are refused with %s", async (_name, body, says, kind) => {
    pages((offset) => (offset === 0 || Array.isArray(body) ? body : { contacts: [], count: 3 }));
    await refused(scan(), says, kind);
  });

  it.each<[string, (offset: number) => unknown]>([
    ["the same page again", () => ({ contacts: people(1, 1000), count: 2000 })],
    [
      "a page that is short",
      (offset) => ({ contacts: offset === 0 ? people(1, 1000) : people(1001, 1500), count: 2000 }),
    ],
    [
      "a page that mostly repeats",
      (offset) => ({ contacts: offset === 0 ? people(1, 1000) : people(2, 1001), count: 2000 }),
    ],
    ["a count that is wrong", () => ({ contacts: people(1, 4), count: 5 })],
  ])("are refused with %s", async (_name, page) => {
    pages(page);
    await expect(scan()).rejects.toBeInstanceOf(Failure);
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["an empty list", []],
    ["nothing", undefined],
  ])("may say by %s that nobody unsubscribed from a list", async (_name, listUnsubscribed) => {
    pages(() => ({
      contacts: [person(1, { listUnsubscribed }), person(2, { emailBlacklisted: true })],
      count: 2,
    }));
    expect(await rowsOf((await scan()).optedOut)).toMatchObject([{ email: "anna2@example.com" }]);
  });

  it("may have a number in place of an address, and unknown members", async () => {
    const numbered = { ...person(1, { attributes: { SMS: "4930123456" }, more: [{}] }), email: undefined };
    pages(() => ({ contacts: [numbered, person(2, { emailBlacklisted: true })], count: 2, more: true }));
    expect(await rowsOf((await scan()).optedOut)).toMatchObject([{ email: "anna2@example.com" }]);
  });

  it.each<[string, number, number]>([
    ["fewer a page than were asked for", 300, 1000],
    ["more than it counts", 1000, 400],
    ["a number that fills its pages", 1000, 2000],
  ])("are read to the end of a server that gives %s", async (_name, most, count) => {
    const all = Math.max(count, 2000);
    pages((offset) => ({
      contacts: people(offset + 1, Math.min(all, offset + most)),
      count: most === 300 ? all : count,
    }));
    expect(
      await rowsOf({ sql: `SELECT count(DISTINCT email)::INT AS n FROM (${(await scan()).contacts!.sql})` }),
    ).toEqual([{ n: all }]);
  });
});

describe("Brevo's other answers", () => {
  it("of another contact, list or process than was asked for are refused", async () => {
    answer = (call) => ({
      body: call.startsWith("GET /processes/")
        ? { id: 8, name: "IMPORTUSER", status: "completed" }
        : call === "GET /processes"
          ? { processes: [] }
          : call.startsWith("GET /contacts/lists")
            ? { id: 2, name: "Other" }
            : person(7),
    });
    await refused(open("brevo").lookup("1", ["anna@example.com"], signal), /another contact than the one/);
    await refused(open("brevo").contacts(["anna@example.com"], signal), /another contact than the one/);
    await refused(open("brevo").list("1", signal), /another list than the one/);
    await refused(open("brevo").jobs(["7"], signal), /another process than the one/);
  });

  it.each([undefined, "", null, {}, "undefined", "null"])(
    "of an account are refused with the id %j: everything recorded hangs on it",
    async (id) => {
      answer = () => ({ body: { organization_id: id, companyName: "Us" } });
      await refused(open("brevo").account(signal), /organization_id/);
    },
  );

  it.each([
    [{ processes: null }, /processes is null/],
    [{}, /processes is missing/],
    [{ processes: [{ id: 1, name: "IMPORTUSER" }] }, /processes\[0\].status is missing/],
  ])("%j does not mean that nothing is running", async (body, says) => {
    answer = () => ({ body });
    await refused(open("brevo").idle(signal), says);
  });

  it("that leave out the lists do not mean that there are none, unless they are counted as none", async () => {
    answer = () => ({ body: {} });
    await refused(open("brevo").lists(signal), /no lists/);
    answer = () => ({ body: { lists: [{ id: 1, name: "One" }], count: 2 } });
    await refused(open("brevo").lists(signal), /same page came twice/);
    answer = (_call, offset) => ({ body: { lists: offset === 0 ? [{ id: 1, name: "One" }] : [], count: 2 } });
    await refused(open("brevo").lists(signal), /gave 1 of the 2/, "transient");
    answer = () => ({ body: { count: 0 } });
    expect(await open("brevo").lists(signal)).toEqual([]);
  });

  it("to a write that name no process, or are no 204, leave it unknown what was done", async () => {
    const batch = { listId: "1", rows: 1 } as const;
    for (const body of [{}, null, { processId: "" }, { processId: {} }, "<html>", ""]) {
      answer = () => ({ status: 202, body });
      const add = { ...batch, operation: "add", route: "import", body: "{}" } as const;
      await refused(open("brevo").write(add, signal), /POST \/contacts\/import/, "unknown-outcome");
    }
    for (const body of ["<html>", "", {}]) {
      answer = () => ({ status: 200, body });
      const update = {
        ...batch,
        operation: "update",
        route: "single",
        body: '{"email":"anna@example.com","attributes":{}}\n',
      } as const;
      await refused(open("brevo").write(update, signal), /PUT \/contacts\/\{address\}/, "unknown-outcome");
    }
  });

  it("to a removal leave open those whom they do not mention, who are looked up", async () => {
    answer = (call) =>
      call.startsWith("POST")
        ? { status: 201, body: { contacts: { success: [], failure: [] } } }
        : { body: person(1, { email: "anna@example.com" }) };
    const removal = {
      operation: "remove",
      route: "remove",
      listId: "1",
      rows: 1,
      body: '{"emails":["anna@example.com"]}',
    } as const;
    expect(await open("brevo").write(removal, signal)).toEqual({
      status: "done",
      rejected: [{ index: 0, reason: "not removed by Brevo" }],
      absent: [],
    });
  });

  it("about an import with refused people and no report cannot say who they are", async () => {
    const info = { import: { invalid_emails: 3, duplicate_ext_id: 0 } };
    answer = (call) =>
      call === "GET /processes"
        ? { body: { processes: [] } }
        : { body: { id: 5, name: "IMPORTUSER", status: "completed", info } };
    expect(await open("brevo").jobs(["5"], signal)).toMatchObject([{ state: "completed-with-errors" }]);
    await refused(open("brevo").rejects("5", signal), /names no report/, "transient");
  });
});

describe("SendGrid's suppressions", () => {
  const read = () =>
    open("sendgrid", { unsubscribeGroups: [7] }).optOuts({ since: undefined, lists: [] }, signal);
  const said = (by: Readonly<Record<string, unknown>>) => {
    answer = (call, offset) => {
      const last = call.split("/").at(-1) ?? "";
      if (call.includes("/asm/")) return { body: by["group"] ?? [] };
      return { body: offset === 0 ? (by[last] ?? []) : [] };
    };
  };

  it.each(["unsubscribes", "bounces", "spam_reports"])(
    "of %s are refused when they do not say who",
    async (kind) => {
      for (const [body, says] of [
        [[{}], /\[0\].email is missing/],
        [[{ email: null }], /email is null/],
        [[{ email: 5 }], /email is another number/],
        [[{ email: " " }], /email is empty/],
        [["anna@example.com"], /\[0\] is text, not an object/],
        [{ result: [{ email: "anna@example.com" }] }, /is an object, not a list/],
        [null, /is null, not a list/],
        ["", /nothing instead of JSON/],
        ["<html>", /an HTML page/],
        ['[{"email":"anna@example.com"}', /something else/],
        ['[{"email":"anna@example.com","email":"b@example.com"}]', /stands twice/],
      ] as const) {
        said({ [kind]: body === null ? "null" : body });
        await refused(read(), says);
      }
    },
  );

  it("of a group are addresses, or objects with one, and nothing else", async () => {
    said({ group: ["anna@example.com"] });
    expect(await rowsOf((await read()).optedOut)).toMatchObject([{ email: "anna@example.com" }]);
    said({ group: [{ email: "anna@example.com", created_at: 1 }] });
    expect(await rowsOf((await read()).optedOut)).toMatchObject([{ email: "anna@example.com" }]);
    for (const group of [
      [{}],
      [{ address: "anna@example.com" }],
      ["anna"],
      [["anna@example.com"]],
      { recipient_emails: ["anna@example.com"] },
      "null",
    ]) {
      said({ group });
      await refused(read(), /asm\/groups\/7\/suppressions/);
    }
  });

  it("stop when pages go in circles", async () => {
    answer = (_call, offset) => ({ body: [{ email: `anna${Math.round(offset) % 3}@example.com` }] });
    await refused(read(), /the same page came twice/);
  });
});

describe("SendGrid's members", () => {
  const line = (id: number, more: object = {}) =>
    `${JSON.stringify({ contact_id: `c${id}`, email: `anna${id}@example.com`, ...more })}\n`;
  const exporting = (state: object, ...files: (string | Uint8Array)[]) => {
    answer = (call) => {
      if (call.endsWith("/exports")) return { status: 202, body: { id: "x" } };
      if (call.endsWith("/exports/x"))
        return {
          body: {
            id: "x",
            status: "ready",
            urls: files.map((_, index) => `${server.url}/${index}`),
            ...state,
          },
        };
      return { body: files[Number(call.split("/").at(-1))] };
    };
  };
  const members = () => open("sendgrid").members(LIST, { attributes: false }, signal);

  it.each<[string, object, (string | Uint8Array)[], RegExp, string]>([
    ["no count", {}, [line(1)], /does not say how many/, "permanent"],
    ["neither files nor a count", { urls: null }, [], /does not say how many/, "permanent"],
    ["no files and a count of null", { contact_count: null }, [], /does not say how many/, "permanent"],
    ["a count as text", { contact_count: "1" }, [line(1)], /contact_count is text/, "permanent"],
    ["no files", { contact_count: 5, urls: null }, [], /without a file/, "permanent"],
    ["another id", { contact_count: 1, id: "y" }, [line(1)], /another export/, "permanent"],
    [
      "a state that nobody knows",
      { contact_count: 1, status: "done" },
      [line(1)],
      /status is none of/,
      "permanent",
    ],
    ["fewer lines", { contact_count: 2 }, [line(1)], /has 1 of 2/, "transient"],
    ["more lines", { contact_count: 1 }, [line(1), line(2)], /has 2 of 1/, "transient"],
    ["a file twice", { contact_count: 2 }, [line(1), line(1)], /the same file twice/, "transient"],
    [
      "a line that breaks off",
      { contact_count: 2 },
      [line(1) + line(2).slice(0, 20)],
      /contact 2: the line is something else/,
      "transient",
    ],
    [
      "a line without the id",
      { contact_count: 1 },
      ['{"email":"anna@example.com"}\n'],
      /contact 1: contact_id is missing/,
      "transient",
    ],
    [
      "an address that is none",
      { contact_count: 1 },
      [line(1, { email: ["anna@example.com"] })],
      /email is a list/,
      "transient",
    ],
    [
      "CSV instead of JSON",
      { contact_count: 1 },
      ["email,contact_id\nanna@example.com,c1\n"],
      /contact 1: the line is something else/,
      "transient",
    ],
    [
      "another encoding",
      { contact_count: 1 },
      [Buffer.from(line(1, { email: "anna\u00eb@example.com" }), "latin1")],
      /not encoded in UTF-8/,
      "transient",
    ],
    [
      "a packed file that breaks off",
      { contact_count: 1 },
      [gzipSync(line(1)).subarray(0, 40)],
      /lost the connection/,
      "transient",
    ],
  ])("are refused with %s", async (_name, state, files, says, kind) => {
    exporting(state, ...files);
    await refused(members(), says, kind);
  });

  it("may have other identifiers than an address", async () => {
    exporting({ contact_count: 3 }, line(1) + line(2, { email: null }) + line(3, { email: "" }));
    expect(await rowsOf(await members())).toMatchObject([{ email: "anna1@example.com" }]);
  });
});

describe("SendGrid's other answers", () => {
  const contact = (id: number, more: object = {}) => ({
    contact: { id: `c${id}`, email: `anna${id}@example.com`, list_ids: [LIST], ...more },
  });
  const asked = ["anna1@example.com", "anna2@example.com"];
  const searching = (result: (emails: readonly string[]) => Answer) => {
    answer = (call, _offset, body) =>
      call.endsWith("/field_definitions")
        ? { body: { reserved_fields: [] } }
        : result((JSON.parse(body) as { emails: string[] }).emails);
  };
  const lookup = () => open("sendgrid").lookup(LIST, asked, signal);

  it("to a search are followed by another search for those whom they do not mention", async () => {
    const all: Record<string, object> = { [asked[0]!]: contact(1) };
    searching((emails) => {
      const found = Object.fromEntries(
        emails.flatMap((email) => (all[email] === undefined ? [] : [[email, all[email]]])),
      );
      return Object.keys(found).length === 0 ? { status: 404, body: "" } : { body: { result: found } };
    });
    expect(await rowsOf(await lookup())).toMatchObject([{ email: "anna1@example.com", on_list: true }]);
  });

  it.each<[string, unknown, RegExp]>([
    ["nobody", {}, /none of the contacts/],
    ["no list of lists", { [asked[0]!]: contact(1, { list_ids: undefined }) }, /list_ids is missing/],
    ["null for the lists", { [asked[0]!]: contact(1, { list_ids: null }) }, /list_ids is null/],
    ["lists as text", { [asked[0]!]: contact(1, { list_ids: LIST }) }, /list_ids is text/],
    ["neither contact nor error", { [asked[0]!]: {} }, /contact is missing/],
    [
      "an error of its own",
      { [asked[0]!]: { error: "timeout" }, [asked[1]!]: contact(2) },
      /an error in the place/,
    ],
    ["no id", { [asked[0]!]: contact(1, { id: "" }) }, /contact.id is empty/],
    ["null", null, /result is null/],
    ["a list", [], /result is a list/],
  ])("to a search are refused with %s", async (_name, result, says) => {
    searching(() => ({ body: { result } }));
    await refused(lookup(), says);
  });

  it.each([
    [{}, /user_id is missing/],
    [{ user_id: null, username: "x" }, /user_id is null/],
    [{ user_id: "", username: "x" }, /user_id is empty|user_id is text/],
    [{ user_id: 1 }, /username is missing/],
  ])("of an account are refused with %j", async (body, says) => {
    answer = (call) => ({ body: call.endsWith("/scopes") ? { scopes: ["marketing", "suppression"] } : body });
    await refused(open("sendgrid").account(signal), says);
  });

  it.each<[string, unknown, RegExp, string?]>([
    [
      "a next page that is not an address",
      { result: [], _metadata: { next: "::" } },
      /next page that cannot be asked for/,
    ],
    [
      "a next page without its token",
      { result: [], _metadata: { next: "https://x.example/?a=1" } },
      /next page that cannot/,
    ],
    [
      "fewer than it counts",
      { result: [{ id: LIST, name: "One" }], _metadata: { count: 2 } },
      /gave 1 lists, and SendGrid has more/,
      "transient",
    ],
    ["null", { result: null }, /result is null/],
  ])("of lists are refused with %s", async (_name, body, says, kind) => {
    answer = () => ({ body });
    await refused(open("sendgrid").lists(signal), says, kind);
  });

  it("of another list or job than was asked for are refused", async () => {
    answer = (call) => ({
      body: call.includes("/imports/")
        ? { id: "k", status: "completed" }
        : { id: "7d4ab1f4-6f64-4f5b-9a3c-2f6f0a3c1f10", name: "x" },
    });
    await refused(open("sendgrid").list(LIST, signal), /another list/);
    await refused(open("sendgrid").jobs(["j"], signal), /another job/);
  });
});
