import type { Contact } from "../../../plugin/destination.js";
import { parseErrorBody, refusalOf } from "../answers.js";
import { CONTACTS } from "../limits.js";
import { isFilled } from "../read/contact-shape.js";
import { contactPath, forEachContact } from "../read/lookup.js";
import type { BrevoClient } from "../client.js";

export async function findContacts(
  client: BrevoClient,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<readonly Contact[]> {
  const found: Contact[] = [];
  await forEachContact(client, addresses, signal, (email, contact) => {
    if (contact === undefined) return;
    found.push({
      email,
      id: String(contact.id),
      lists: contact.listIds.map(String),
      filled: Object.entries(contact.attributes).flatMap(([name, value]) => (isFilled(value) ? [name] : [])),
      fixed: [],
      blocklisted: contact.emailBlacklisted,
    });
  });
  return found;
}

/**
 * One `PUT /contacts/{email}` each, with lists to leave and empty attributes
 * and nothing else: the blocklist flags are never named.
 */
export async function withdrawContact(
  client: BrevoClient,
  people: readonly Contact[],
  fields: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const { email, lists, filled } of people) {
    const attributes = Object.fromEntries(
      filled.filter((name) => fields.includes(name)).map((name) => [name, ""]),
    );
    const nothing = lists.length === 0 && Object.keys(attributes).length === 0;
    if (nothing) continue;
    const unlink = lists.length === 0 ? {} : { unlinkListIds: lists.map(Number) };
    await change(client, "PUT", email, { attributes, ...unlink }, signal);
  }
}

/** Source: https://developers.brevo.com/reference/delete-contact */
export async function deleteContacts(
  client: BrevoClient,
  people: readonly Contact[],
  signal: AbortSignal,
): Promise<void> {
  for (const { email } of people) await change(client, "DELETE", email, undefined, signal);
}

/** Somebody who is not a contact any more needs nothing. */
async function change(
  client: BrevoClient,
  method: "PUT" | "DELETE",
  email: string,
  content: object | undefined,
  signal: AbortSignal,
): Promise<void> {
  const response = await client.http.send(
    {
      method,
      path: contactPath(email),
      query: { identifierType: "email_id" },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
      bucket: CONTACTS,
      kind: "write",
    },
    signal,
  );
  if (response.status === 404 && parseErrorBody(response).code === "document_not_found") return;
  if (response.status >= 300)
    throw refusalOf(response, method === "PUT" ? "Withdrawing a contact" : "Deleting a contact");
  if (response.status !== 204) throw response.odd(`${response.status} instead of 204`);
}
