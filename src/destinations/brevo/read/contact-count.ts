import { amount, object } from "../../../platform/http/shape.js";
import { parseBody } from "../answers.js";
import { CONTACTS } from "../limits.js";
import type { BrevoClient } from "../client.js";

/** Contacts that the account stores; `/account` does not say. */
export async function countContacts({ http }: BrevoClient, signal: AbortSignal): Promise<number> {
  const query = { limit: 1, sort: "asc" };
  const response = await http.send(
    { method: "GET", path: "/contacts", query, bucket: CONTACTS, kind: "read" },
    signal,
  );
  return parseBody(response, "Counting contacts", object({ count: amount })).count;
}
