import type { Field } from "../../../plugin/codec.js";
import type { Contact } from "../../../plugin/destination.js";
import { parseBody } from "../answers.js";
import { checkedListId, MAX_REMOVALS } from "../codec/codec.js";
import { readFields } from "../field-definitions.js";
import { IDENTIFIERS, isReserved, takesAnyText } from "../fields.js";
import { findContacts } from "../read/lookup.js";
import { observedOf } from "../read/observed.js";
import type { SendgridClient } from "../client.js";
import { NEW_JOB, type FoundContact } from "../types.js";

/** Far below what a request may hold. */
const PER_UPSERT = 1000;

export async function readContacts(
  client: SendgridClient,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<readonly Contact[]> {
  if (addresses.length === 0) return [];
  const definitions = await readFields(client, signal);
  const all: Contact[] = [];
  for await (const found of findContacts(client, addresses, signal))
    all.push(...found.map((contact) => contactOf(contact, definitions)));
  return all;
}

function contactOf(contact: FoundContact, definitions: readonly Field[]): Contact {
  return {
    email: contact.email,
    id: contact.id,
    lists: contact.list_ids,
    filled: Object.keys(observedOf(contact, definitions)),
    // An update has to name them all, so that none can be cleared.
    fixed: identifiersOf(contact).map(([name]) => name),
    // Suppressions are kept by address, apart from contacts.
    blocklisted: undefined,
  };
}

/**
 * Off the lists by id, then upserts without lists that empty fields. They name
 * every identifier that the contacts have now, because SendGrid loses an update
 * that does not.
 */
export async function withdrawContact(
  client: SendgridClient,
  people: readonly Contact[],
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const list of new Set(people.flatMap(({ lists }) => lists))) {
    const ids = people.flatMap(({ id, lists }) => (id !== undefined && lists.includes(list) ? [id] : []));
    for (let from = 0; from < ids.length; from += MAX_REMOVALS)
      await leave(client, list, ids.slice(from, from + MAX_REMOVALS), signal);
  }
  const filled = people.filter((contact) => contact.filled.some((name) => names.includes(name)));
  if (filled.length === 0) return;
  const definitions = await readFields(client, signal);
  const wanted = definitions.filter(
    ({ id, writable }) => writable && names.includes(id) && filled.some((one) => one.filled.includes(id)),
  );
  const addresses = filled.map(({ email }) => email);
  for (let from = 0; from < addresses.length; from += PER_UPSERT) {
    const there: FoundContact[] = [];
    for await (const found of findContacts(client, addresses.slice(from, from + PER_UPSERT), signal))
      there.push(...found);
    if (there.length === 0) continue;
    for (const together of clearedTogether(wanted))
      await upsert(
        client,
        there.map((contact) => empty(contact, together)),
        signal,
      );
  }
}

/**
 * That `""` clears is recorded for text only, and what SendGrid does not take
 * loses the contact's whole update: so that such a loss is of one field, every
 * other field goes alone.
 */
function clearedTogether(wanted: readonly Field[]): readonly (readonly Field[])[] {
  const sure = wanted.filter(takesAnyText);
  const alone = wanted.filter((field) => !takesAnyText(field)).map((field) => [field]);
  return sure.length === 0 ? alone : [sure, ...alone];
}

/** The contact's identifiers as they are, and these fields empty. */
function empty(contact: FoundContact, wanted: readonly Field[]): object {
  const reserved = wanted.filter(isReserved).map(({ id }) => [id, ""]);
  const custom = wanted.filter((field) => !isReserved(field)).map(({ id }) => [id, ""]);
  return {
    email: contact.email,
    ...Object.fromEntries([...identifiersOf(contact), ...reserved]),
    ...(custom.length === 0 ? {} : { custom_fields: Object.fromEntries(custom) }),
  };
}

function identifiersOf(contact: FoundContact): readonly (readonly [string, unknown])[] {
  return IDENTIFIERS.flatMap((name) => {
    const value = contact[name];
    return value === undefined || value === null || value === "" ? [] : [[name, value] as const];
  });
}

async function leave(
  { http }: SendgridClient,
  list: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const response = await http.send(
    {
      method: "DELETE",
      path: `/v3/marketing/lists/${checkedListId(list)}/contacts`,
      query: { contact_ids: ids.join(",") },
      bucket: "lists",
      kind: "write",
    },
    signal,
  );
  // A list that is gone has no members.
  if (response.status !== 404) parseBody(response, "Removing contacts from a list", NEW_JOB);
}

async function upsert(
  { http }: SendgridClient,
  people: readonly object[],
  signal: AbortSignal,
): Promise<void> {
  const response = await http.send(
    {
      method: "PUT",
      path: "/v3/marketing/contacts",
      body: JSON.stringify({ contacts: people }),
      bucket: "upsert",
      kind: "write",
    },
    signal,
  );
  parseBody(response, "Clearing fields of contacts", NEW_JOB);
}

/** Source: the reference of `DELETE /v3/marketing/contacts`; the ids are in the URL. */
export async function deleteContacts(
  { http }: SendgridClient,
  people: readonly Contact[],
  signal: AbortSignal,
): Promise<void> {
  const ids = people.flatMap(({ id }) => (id === undefined ? [] : [id]));
  for (let from = 0; from < ids.length; from += MAX_REMOVALS) {
    const response = await http.send(
      {
        method: "DELETE",
        path: "/v3/marketing/contacts",
        query: { ids: ids.slice(from, from + MAX_REMOVALS).join(",") },
        bucket: "upsert",
        kind: "write",
      },
      signal,
    );
    parseBody(response, "Deleting contacts", NEW_JOB);
  }
}
