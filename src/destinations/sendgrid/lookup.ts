import { appendFile, writeFile } from "node:fs/promises";
import type { Field } from "../../plugin/codec.js";
import { literal, type Relation } from "../../plugin/relation.js";
import { body, errorEntries } from "./answers.js";
import { fields } from "./field-definitions.js";
import { observedOf } from "./observed.js";
import type { Session } from "./session.js";
import type { FoundContact, SearchResult } from "./types.js";

/** Source: the reference of "Get Contacts by Emails". */
const PER_REQUEST = 100;

/**
 * Contacts by address. SendGrid also finds contacts by their alternate
 * addresses; only those whose primary address was asked for count.
 */
export async function lookup(
  session: Session,
  listId: string,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<Relation> {
  const path = session.scratchFile("lookup.ndjson");
  await writeFile(path, "", { mode: 0o600 });
  const definitions = addresses.length === 0 ? [] : await fields(session, signal);
  for await (const found of findContacts(session, addresses, signal))
    await appendFile(path, toLines(found, listId, definitions));
  return {
    sql: `SELECT email, contact_id, on_list, CAST(NULL AS VARCHAR) AS opted_out, CAST(observed AS VARCHAR) AS observed
      FROM read_json(${literal(path)}, format = 'newline_delimited',
        columns = {email: 'VARCHAR', contact_id: 'VARCHAR', on_list: 'BOOLEAN', observed: 'JSON'})`,
  };
}

/** Contacts whose primary address is one of these, a request's worth at a time. */
export async function* findContacts(
  session: Session,
  addresses: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<readonly FoundContact[]> {
  for (let from = 0; from < addresses.length; from += PER_REQUEST) {
    const found = await search(session, addresses.slice(from, from + PER_REQUEST), signal);
    yield Object.entries(found).flatMap(([asked, { contact }]) =>
      contact?.email.trim().toLowerCase() === asked.trim().toLowerCase() ? [contact] : [],
    );
  }
}

function toLines(found: readonly FoundContact[], listId: string, definitions: readonly Field[]): string {
  let lines = "";
  for (const contact of found) {
    lines += `${JSON.stringify({
      email: contact.email,
      contact_id: contact.id,
      on_list: contact.list_ids?.includes(listId) ?? false,
      observed: observedOf(contact, definitions),
    })}\n`;
  }
  return lines;
}

/** 404 means that none is there; 400 that SendGrid takes one of the addresses for no address. */
async function search(
  session: Session,
  emails: readonly string[],
  signal: AbortSignal,
): Promise<SearchResult["result"]> {
  if (emails.length === 0) return {};
  const response = await session.http.send(
    {
      method: "POST",
      path: "/v3/marketing/contacts/search/emails",
      body: JSON.stringify({ emails }),
      bucket: "search",
      kind: "read",
    },
    signal,
  );
  if (response.status === 404 && !/^\s*</.test(response.text)) return {};
  if (response.status !== 400) return body<SearchResult>(response, "Looking contacts up").result;
  const bad = namedAddresses(errorEntries(response), emails);
  if (bad.size > 0)
    return search(
      session,
      emails.filter((email) => !bad.has(email)),
      signal,
    );
  // An address that SendGrid refuses by itself is nobody's contact there.
  if (emails.length === 1) return {};
  const half = Math.ceil(emails.length / 2);
  return {
    ...(await search(session, emails.slice(0, half), signal)),
    ...(await search(session, emails.slice(half), signal)),
  };
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
