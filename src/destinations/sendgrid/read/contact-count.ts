import { parseBody } from "../answers.js";
import type { SendgridClient } from "../client.js";
import { CONTACT_COUNT } from "../types.js";

/** What counts against the plan: who was deleted is billed to the end of the month. Source: SendGrid's support on contact storage. */
export async function countContacts({ http }: SendgridClient, signal: AbortSignal): Promise<number> {
  const response = await http.send(
    { method: "GET", path: "/v3/marketing/contacts/count", bucket: "account", kind: "read" },
    signal,
  );
  const { contact_count, billable_count } = parseBody(response, "The number of contacts", CONTACT_COUNT);
  return Math.max(contact_count, billable_count ?? 0);
}
