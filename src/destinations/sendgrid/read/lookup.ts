import { appendFile, writeFile } from "node:fs/promises";
import type { Field } from "../../../plugin/codec.js";
import { literal, type Relation } from "../../../plugin/relation.js";
import { parseBody, parseErrorEntries } from "../answers.js";
import { readFields } from "../field-definitions.js";
import { observedOf } from "./observed.js";
import type { SendgridClient } from "../client.js";
import { SEARCH_RESULT, type FoundContact } from "../types.js";
import type { Of } from "../../../platform/http/shape.js";

type Found = Of<typeof SEARCH_RESULT>["result"][string];

/** Source: the reference of "Get Contacts by Emails". */
const PER_REQUEST = 100;

/**
 * Contacts by address. SendGrid also finds contacts by their alternate
 * addresses; only those whose primary address was asked for count.
 */
export async function lookUpMembers(
  client: SendgridClient,
  listId: string,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<Relation> {
  const path = client.scratchFile("lookup.ndjson");
  await writeFile(path, "", { mode: 0o600 });
  const definitions = addresses.length === 0 ? [] : await readFields(client, signal);
  for await (const found of findContacts(client, addresses, signal))
    await appendFile(path, toLines(found, listId, definitions));
  return {
    sql: `SELECT email, contact_id, on_list, CAST(NULL AS VARCHAR) AS opted_out, CAST(observed AS VARCHAR) AS observed
      FROM read_json(${literal(path)}, format = 'newline_delimited',
        columns = {email: 'VARCHAR', contact_id: 'VARCHAR', on_list: 'BOOLEAN', observed: 'JSON'})`,
  };
}

/** Contacts whose primary address is one of these, a request's worth at a time. */
export async function* findContacts(
  client: SendgridClient,
  addresses: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<readonly FoundContact[]> {
  for (let from = 0; from < addresses.length; from += PER_REQUEST) {
    const found = await search(client, addresses.slice(from, from + PER_REQUEST), signal);
    yield [...found].flatMap(([asked, { contact }]) =>
      typeof contact?.email === "string" && plain(contact.email) === asked ? [contact as FoundContact] : [],
    );
  }
}

function toLines(found: readonly FoundContact[], listId: string, definitions: readonly Field[]): string {
  let lines = "";
  for (const contact of found) {
    lines += `${JSON.stringify({
      email: contact.email,
      contact_id: contact.id,
      on_list: contact.list_ids.some((id) => id.toLowerCase() === listId.toLowerCase()),
      observed: observedOf(contact, definitions),
    })}\n`;
  }
  return lines;
}

/**
 * 404 means that none is there; 400 that SendGrid takes one of the addresses
 * for no address. Whom an answer does not mention is asked for once more: alone
 * they are found, or there is a 404.
 */
async function search(
  client: SendgridClient,
  emails: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Found>> {
  if (emails.length === 0) return new Map();
  const response = await client.http.send(
    {
      method: "POST",
      path: "/v3/marketing/contacts/search/emails",
      body: JSON.stringify({ emails }),
      bucket: "search",
      kind: "read",
    },
    signal,
  );
  if (response.status === 404 && !/^\s*</.test(response.text)) return new Map();
  if (response.status !== 400) {
    const { result } = parseBody(response, "Looking contacts up", SEARCH_RESULT);
    const found = new Map(Object.entries(result).map(([asked, entry]) => [plain(asked), entry]));
    const failed = [...found.values()].some(
      ({ contact, error }) => (contact ?? undefined) === undefined && !/not found/i.test(error ?? ""),
    );
    if (failed) throw response.odd("an error in the place of a contact");
    const missing = emails.filter((email) => !found.has(plain(email)));
    if (missing.length === emails.length) throw response.odd("none of the contacts that were asked for");
    return new Map([...found, ...(await search(client, missing, signal))]);
  }
  const bad = namedAddresses(parseErrorEntries(response), emails);
  if (bad.size > 0)
    return search(
      client,
      emails.filter((email) => !bad.has(email)),
      signal,
    );
  // An address that SendGrid refuses by itself is nobody's contact there.
  if (emails.length === 1) return new Map();
  const half = Math.ceil(emails.length / 2);
  return new Map([
    ...(await search(client, emails.slice(0, half), signal)),
    ...(await search(client, emails.slice(half), signal)),
  ]);
}

function plain(address: string): string {
  return address.trim().toLowerCase();
}

function namedAddresses(
  errors: readonly { readonly message: string; readonly field: string }[],
  emails: readonly string[],
): Set<string> {
  const named = new Set<string>();
  for (const { message, field } of errors) {
    const index = /^emails\[(\d+)\]/.exec(field)?.[1];
    const quoted = /['"]([^'"]+)['"]/.exec(message)?.[1]?.toLowerCase();
    const bad =
      index === undefined ? emails.find((email) => email.toLowerCase() === quoted) : emails[Number(index)];
    if (bad !== undefined) named.add(bad);
  }
  return named;
}
