import type { ListInfo } from "../../plugin/destination.js";
import { amount, maybe, number, object, text, type Of } from "../../platform/http/shape.js";
import { parseBody, parseErrorBody, refusalOf } from "./answers.js";
import { CONTACTS } from "./limits.js";
import { readEveryPage } from "./paging.js";
import { isListId } from "./codec/routes.js";
import type { BrevoClient } from "./client.js";

const LIST = object({ id: number, name: text, uniqueSubscribers: maybe(amount) });

export async function readLists(client: BrevoClient, signal: AbortSignal): Promise<readonly ListInfo[]> {
  return (await readEveryPage(client, "/contacts/lists", "lists", LIST, signal)).map(toInfo);
}

/** Undefined only for Brevo's own 404: one from a proxy or a wrong base URL has no such code. */
export async function findList(
  client: BrevoClient,
  id: string,
  signal: AbortSignal,
): Promise<ListInfo | undefined> {
  if (!isListId(id)) return undefined;
  const response = await client.http.send(
    { method: "GET", path: `/contacts/lists/${id}`, bucket: CONTACTS, kind: "read" },
    signal,
  );
  const what = `List ${id}`;
  if (response.status !== 404) {
    const found = parseBody(response, what, LIST);
    if (String(found.id) !== id) throw response.odd("another list than the one that was asked for");
    return toInfo(found);
  }
  if (parseErrorBody(response).code === "document_not_found") return undefined;
  throw refusalOf(response, what);
}

/** `totalSubscribers` is being dropped and reads 0 (note in Brevo's OpenAPI description). */
function toInfo({ id, name, uniqueSubscribers }: Of<typeof LIST>): ListInfo {
  return { id: String(id), name, size: uniqueSubscribers ?? undefined };
}
