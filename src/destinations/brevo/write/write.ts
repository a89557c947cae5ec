import { Failure } from "../../../model/failure.js";
import type { WriteBatch, WriteResult } from "../../../plugin/destination.js";
import { clearAndImport } from "./clear-and-import.js";
import { importContacts } from "./import-contacts.js";
import { CLEARING, isListId, REMOVE, SINGLE } from "../codec/routes.js";
import { removeFromList } from "./remove.js";
import type { BrevoClient } from "../client.js";
import { updateSingly } from "./update-singly.js";

export async function writeBatch(
  client: BrevoClient,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  if (!isListId(batch.listId)) throw new Failure("invalid", "A Brevo list id is a number.");
  if (batch.route === SINGLE) return updateSingly(client, batch, signal);
  if (batch.route === REMOVE) return removeFromList(client, batch, signal);
  if (batch.route === CLEARING) return clearAndImport(client, batch, signal);
  return importContacts(client, batch, signal);
}
