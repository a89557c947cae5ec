import { body } from "./answers.js";
import type { Session } from "./session.js";
import { CONTACT_COUNT } from "./types.js";

export async function contactCount({ http }: Session, signal: AbortSignal): Promise<number> {
  const response = await http.send(
    { method: "GET", path: "/v3/marketing/contacts/count", bucket: "account", kind: "read" },
    signal,
  );
  return body(response, "The number of contacts", CONTACT_COUNT).contact_count;
}
