import { Failure } from "../../../model/failure.js";
import type { FoundContacts } from "../../../plugin/destination.js";
import { scanContacts } from "./contact-scan.js";
import { membersRelation } from "./contact-sql.js";
import { findList } from "../lists.js";
import { optedOutRelation } from "./restraints.js";
import type { BrevoClient } from "../client.js";

/**
 * Everybody on a list, from its pages: they are counted, and say who
 * unsubscribed from this list. An export would be quicker, and could not show
 * that it is whole.
 */
export async function readMembers(
  client: BrevoClient,
  listId: string,
  signal: AbortSignal,
): Promise<FoundContacts> {
  if ((await findList(client, listId, signal)) === undefined)
    throw new Failure("not-found", `Brevo has no list ${listId}.`);
  const { files, restraints } = await scanContacts(client, { listId }, signal);
  return { ...membersRelation(files, listId, "all"), optedOut: optedOutRelation(restraints) };
}
