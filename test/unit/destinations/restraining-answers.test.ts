import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { brevo } from "../../../src/destinations/brevo/index.js";
import { sendgrid } from "../../../src/destinations/sendgrid/index.js";
import { Failure } from "../../../src/model/failure.js";
import { Secret } from "../../../src/platform/secrets/secret.js";
import type { Destination } from "../../../src/plugin/destination.js";
import { startFaultServer, type FaultServer } from "../../support/fault-server.js";
import { rowsOf } from "../../support/sql.js";
import { CONNECTION } from "./sendgrid/attributes.js";

const signal = new AbortController().signal;
const ANN = "anna@example.com";
let scratch: string;
let server: FaultServer;
/** What is answered, by the path without the query. */
let answers: Readonly<Record<string, string>>;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "rollcall-restraining-"));
  server = await startFaultServer([
    ({ url }, response) => {
      const { pathname, searchParams } = new URL(url, "http://x");
      const first = Number(searchParams.get("offset") ?? 0) === 0;
      const body = first ? answers[pathname] : pathname.startsWith("/v3") ? "[]" : undefined;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(body ?? (pathname.startsWith("/v3") ? "[]" : '{"contacts":[],"count":0}'));
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

/** By a word of ours that names the place and nobody. */
async function refused(work: Promise<unknown>, says: RegExp): Promise<void> {
  const error: unknown = await work.then(
    (value) => value,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  const { message, hint } = error as Failure;
  expect(message).toMatch(says);
  expect(`${message} ${hint}`).not.toMatch(/anna/i);
}

const DECORATED = [
  "Anna <anna@example.com>",
  "mailto:anna@example.com",
  "\u200banna@example.com",
  "anna@example.com;",
  '"anna@example.com"',
  " Anna@Example.com\u3000",
  "mailto:%61nna@example.com",
];
const UNREADABLE = ["anna maria@example.com", "anna@example. com", "anna(at)example@com"];

describe("a contact of Brevo who is blocklisted or unsubscribed", () => {
  const contact = (more: Record<string, unknown> = {}) => ({
    id: 7,
    email: ANN,
    emailBlacklisted: true,
    listIds: [2],
    listUnsubscribed: null,
    attributes: {},
    ...more,
  });
  const answering = (...contacts: object[]) => {
    const body = JSON.stringify({ contacts, count: contacts.length });
    answers = { "/contacts": body, "/contacts/lists/2/contacts": body };
  };
  const read = () => open("brevo").optOuts({ since: undefined, lists: ["2"] }, signal);
  const optedOut = async () =>
    (await rowsOf((await read()).optedOut))
      .map(({ email, list_id }) => `${String(email)} ${String(list_id)}`)
      .sort();

  it.each(DECORATED)("is known by an address that is written as %j", async (email) => {
    answering(contact({ id: 1, email: "bob@example.com", emailBlacklisted: false }), contact({ email }));
    expect(await optedOut()).toEqual([`${ANN} null`]);
  });

  it.each(UNREADABLE)("stops the read with an address such as %j", async (email) => {
    answering(contact({ id: 1, email: "bob@example.com", emailBlacklisted: false }), contact({ email }));
    await refused(read(), /^The contact at offset 1 of GET \/contacts .* cannot be read for certain/);
  });

  it("may have any address as long as nothing restrains", async () => {
    answering(contact({ email: UNREADABLE[0], emailBlacklisted: false }));
    expect(await optedOut()).toEqual([]);
  });

  it("may have only the attribute of that name, beside a number", async () => {
    const attributes = { EMAIL: "Anna@example.com", SMS: "4930123456" };
    answering(
      contact({ email: undefined, attributes }),
      contact({ id: 8, email: null, attributes: { SMS: "49301" } }),
    );
    expect(await optedOut()).toEqual([`${ANN} null`]);
    answering(
      contact({
        email: "4930123456@mailin-sms.com",
        attributes,
        emailBlacklisted: false,
        listUnsubscribed: [2],
      }),
    );
    expect(await optedOut()).toEqual([`${ANN} 2`]);
    answering(contact({ email: undefined, attributes: { ...attributes, EMAIL: UNREADABLE[0] } }));
    await refused(read(), /cannot be read for certain/);
  });

  it("is both of two addresses that one contact has", async () => {
    answering(contact({ attributes: { EMAIL: "anna.old@example.com" } }));
    expect(await optedOut()).toEqual(["anna.old@example.com null", `${ANN} null`]);
    // Its own is what counts.
    answering(contact({ attributes: { EMAIL: "none" } }));
    expect(await optedOut()).toEqual([`${ANN} null`]);
  });

  it("is not replaced by another one who has its number", async () => {
    const bob = contact({ id: 1, email: "bob@example.com", emailBlacklisted: false });
    answering(bob, { ...bob, id: 7 });
    await refused(read(), /gave 1 of the 2 contacts/);
    answering(bob, { ...bob, id: 7, email: "Bob@Example.com" });
    await refused(read(), /gave 1 of the 2 contacts/);
    answering(bob, contact({ id: 1 }));
    await refused(read(), /gave 1 of the 2 contacts/);
  });

  it.each(["2", "2.0", "2e0", "20e-1", "0.2E1"])("left list 2, when it is written as %s", async (number) => {
    const body = JSON.stringify({
      contacts: [contact({ emailBlacklisted: false, listIds: [9], listUnsubscribed: [9] })],
      count: 1,
    }).replaceAll("[9]", `[${number}]`);
    answers = { "/contacts": body, "/contacts/lists/2/contacts": body };
    expect(await optedOut()).toEqual([`${ANN} 2`]);
    answers = { ...answers, "/contacts/lists/2": JSON.stringify({ id: 2, name: "x", folderId: 1 }) };
    const members = await open("brevo").members("2", { attributes: false }, signal);
    expect(await rowsOf(members)).toMatchObject([{ email: ANN, opted_out: "unsubscribed" }]);
    const { seen } = await read();
    expect(await rowsOf(seen!)).toEqual([{ email: ANN, list_ids: ["2"] }]);
  });

  it.each(['"2"', "2.5", "true", "null"])("says nothing for certain by a list such as %s", async (list) => {
    const body = JSON.stringify({ contacts: [contact({ listUnsubscribed: [9] })], count: 1 });
    answers = { "/contacts": body.replace("[9]", `[${list}]`) };
    await refused(read(), /listUnsubscribed\[0\] is/);
  });
});

describe.each([
  ["/v3/suppression/unsubscribes", (email: string) => ({ email })],
  ["/v3/suppression/bounces", (email: string) => ({ email })],
  ["/v3/suppression/spam_reports", (email: string) => ({ email })],
  ["/v3/asm/groups/5/suppressions", (email: string) => email],
])("an entry of SendGrid's %s", (path, entry) => {
  const read = () =>
    open("sendgrid", { unsubscribeGroups: [5] }).optOuts({ since: undefined, lists: [] }, signal);

  it.each(DECORATED)("is known by an address that is written as %j", async (email) => {
    answers = { [path]: JSON.stringify([entry("bob@example.com"), entry(email)]) };
    const rows = await rowsOf((await read()).optedOut);
    expect(rows.map((row) => row["email"]).sort()).toEqual([ANN, "bob@example.com"]);
  });

  it.each(UNREADABLE)("stops the read with an address such as %j", async (email) => {
    answers = { [path]: JSON.stringify([entry("bob@example.com"), entry(email)]) };
    await refused(read(), /^Entry 2 of GET \/v3\/.* cannot be read for certain/);
  });
});
