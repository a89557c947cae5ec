import { Failure } from "../../../model/failure.js";
import type { RowReject, WriteBatch, WriteResult } from "../../../plugin/destination.js";
import { either, listOf, number, object, text } from "../../../platform/http/shape.js";
import { parseBody, parseErrorBody } from "../answers.js";
import { CONTACTS } from "../limits.js";
import { forEachContact } from "../read/lookup.js";
import type { BrevoClient } from "../client.js";

/** What Brevo answers with 400 when nobody of the request was on the list any more. */
const NOTHING_LEFT = /already removed|does not exist/i;

const REMOVED = object({
  contacts: object({ success: listOf(either(text, number)), failure: listOf(either(text, number)) }),
});

/** Takes people off the list; the contacts stay. Who was off the list already is said. */
export async function removeFromList(
  client: BrevoClient,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  const path = `/contacts/lists/${batch.listId}/contacts/remove`;
  const response = await client.http.send(
    { method: "POST", path, body: batch.body, bucket: CONTACTS, kind: "write" },
    signal,
  );
  if (response.status === 400 && NOTHING_LEFT.test(parseErrorBody(response).message)) {
    return { status: "done", rejected: [], absent: [...Array(batch.rows).keys()] };
  }
  const { success } = parseBody(response, `Removing from list ${batch.listId}`, REMOVED).contacts;
  return { status: "done", ...(await lookAtOthers(client, batch, success.map(String), signal)) };
}

/**
 * Brevo lists as failed, without a reason, also those who were not on the list
 * or are not contacts. Of all whom it does not say to have removed, only those
 * who are still on the list were not; the others were off it before.
 */
async function lookAtOthers(
  client: BrevoClient,
  batch: WriteBatch,
  removed: readonly string[],
  signal: AbortSignal,
): Promise<{ rejected: readonly RowReject[]; absent: readonly number[] }> {
  const { emails } = JSON.parse(batch.body) as { emails: readonly string[] };
  const rejected: RowReject[] = [];
  const absent: number[] = [];
  const lower = new Set(removed.map((address) => address.toLowerCase()));
  const doubtful = emails.filter((address) => !lower.has(address.toLowerCase()));
  try {
    await forEachContact(client, doubtful, signal, (address, contact) => {
      const index = emails.indexOf(address);
      if (contact?.listIds.includes(Number(batch.listId)) !== true) absent.push(index);
      else rejected.push({ index, reason: "not removed by Brevo" });
    });
  } catch (error) {
    throw new Failure("unknown-outcome", "Brevo could not remove everybody, and looking up why failed.", {
      cause: error,
    });
  }
  return { rejected: rejected.toSorted((a, b) => a.index - b.index), absent };
}
