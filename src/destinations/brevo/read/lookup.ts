import { appendFile } from "node:fs/promises";
import { domainToASCII } from "node:url";
import type { FoundContacts } from "../../../plugin/destination.js";
import { parseBody, parseErrorBody } from "../answers.js";
import { CONTACT, type StoredContact } from "./contact-shape.js";
import { membersRelation } from "./contact-sql.js";
import { CONTACTS } from "../limits.js";
import { optedOutRelation, restraintLines } from "./restraints.js";
import type { BrevoClient } from "../client.js";

/** Requests at once; the rate limit paces them. */
const AT_ONCE = 5;

/** Where contacts of one address each are read; the path takes the address URL-encoded. */
export function contactPath(address: string): string {
  return `/contacts/${encodeURIComponent(address)}`;
}

/** Each address on its own: Brevo has no search for several. */
export async function lookUpMembers(
  client: BrevoClient,
  listId: string,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<FoundContacts> {
  const file = client.scratchFile("lookup.ndjson");
  const restraints = client.scratchFile("lookup-restraints.ndjson");
  for (const path of [file, restraints]) await appendFile(path, "", { mode: 0o600 });
  await forEachContact(client, addresses, signal, async (_, contact) => {
    if (contact === undefined) return;
    await appendFile(file, `${JSON.stringify(contact)}\n`);
    const entry = {
      where: "A contact that was looked up",
      hint: "Correct or delete it at Brevo.",
      kind: "permanent",
    } as const;
    await appendFile(
      restraints,
      restraintLines([contact], () => entry),
    );
  });
  return { ...membersRelation([file], listId, "look"), optedOut: optedOutRelation([restraints]) };
}

/** Calls back with the contact of each address, undefined when Brevo has none. */
export async function forEachContact(
  client: BrevoClient,
  addresses: readonly string[],
  signal: AbortSignal,
  found: (address: string, contact: StoredContact | undefined) => Promise<void> | void,
): Promise<void> {
  const queue = addresses.values();
  // The workers share the iterator: each address is taken by one of them.
  const work = async (): Promise<void> => {
    for (const address of queue) await found(address, await findContact(client, address, signal));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, addresses.length) }, work));
}

async function findContact(
  client: BrevoClient,
  address: string,
  signal: AbortSignal,
): Promise<StoredContact | undefined> {
  const response = await client.http.send(
    {
      method: "GET",
      path: contactPath(address),
      query: { identifierType: "email_id" },
      bucket: CONTACTS,
      kind: "read",
    },
    signal,
  );
  const { code } = parseErrorBody(response);
  if (response.status === 404 && code === "document_not_found") return undefined;
  // An address that Brevo finds malformed is not a contact's.
  if (response.status === 400 && code === "invalid_parameter") return undefined;
  const contact = parseBody(response, "Looking a contact up", CONTACT);
  if (typeof contact.email === "string" && isSame(contact.email, address)) return contact;
  throw response.odd("another contact than the one that was asked for");
}

/** Brevo may write a domain otherwise, and letters large or small. */
function isSame(one: string, other: string): boolean {
  const written = (address: string): string => {
    const [, name = "", domain = ""] =
      /^(.*)@(.*)$/s.exec(address.trim().normalize("NFC").toLowerCase()) ?? [];
    return `${name}@${domainToASCII(domain) || domain}`;
  };
  return written(one) === written(other);
}
