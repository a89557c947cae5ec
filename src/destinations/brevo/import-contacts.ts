import type { WriteBatch, WriteResult } from "../../plugin/destination.js";
import { body, errorBody, refusal } from "./answers.js";
import { CONTACTS } from "./limits.js";
import { STARTED } from "./processes.js";
import type { Session } from "./session.js";

/** Starts an import; how it went is only known from its process. */
export async function importContacts(
  session: Session,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  const response = await session.http.send(
    { method: "POST", path: "/contacts/import", body: batch.body, bucket: CONTACTS, kind: "write" },
    signal,
  );
  const what = `An import into list ${batch.listId}`;
  // Brevo names no rows, so that it may be one of them or the request as such.
  if (response.status === 400 && errorBody(response).code !== "")
    return { status: "refused", reason: refusal(response, what).message };
  return { status: "accepted", job: String(body(response, what, STARTED).processId) };
}
