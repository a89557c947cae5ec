import type { WriteBatch, WriteResult } from "../../../plugin/destination.js";
import type { HttpResponse } from "../../../platform/http/http-response.js";
import { parseBody, parseErrorBody, refusalOf } from "../answers.js";
import { CONTACTS } from "../limits.js";
import { STARTED } from "./processes.js";
import type { BrevoClient } from "../client.js";

/**
 * Whether an import is refused because not one of its addresses is valid: one
 * invalid address beside valid ones is a row of a report, and without them 400
 * `invalid_parameter` (recorded; its words are not, so that of several people
 * they must say that it is all of them).
 */
function identifiesNobody(response: HttpResponse, rows: number): boolean {
  const { code, message } = parseErrorBody(response);
  // Words about lists are not about people.
  if (code !== "invalid_parameter" || /\blist/i.test(message)) return false;
  return rows === 1 ? /identifier|e-?mail/i.test(message) : /\bno(ne)?\b.*\b(identif|e-?mail)/i.test(message);
}

/** Starts an import; how it went is only known from its process. */
export async function importContacts(
  client: BrevoClient,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  const response = await client.http.send(
    { method: "POST", path: "/contacts/import", body: batch.body, bucket: CONTACTS, kind: "write" },
    signal,
  );
  const what = `An import into list ${batch.listId}`;
  if (response.status === 400 && identifiesNobody(response, batch.rows)) {
    const reason = "no valid address";
    return {
      status: "refused-rows",
      rows: Array.from({ length: batch.rows }, (_, index) => ({ index, reason })),
    };
  }
  // Brevo names no rows, so that it may be one of them or the request as such.
  if (response.status === 400 && parseErrorBody(response).code !== "")
    return { status: "refused", reason: refusalOf(response, what).message };
  return { status: "accepted", job: String(parseBody(response, what, STARTED).processId) };
}
