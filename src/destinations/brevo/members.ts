import type { Relation } from "../../plugin/relation.js";
import { Failure } from "../../model/failure.js";
import { scanContacts } from "./contact-scan.js";
import { membersRelation } from "./contact-sql.js";
import { list } from "./lists.js";
import type { Session } from "./session.js";

/**
 * Everybody on a list, from its pages: they are counted, and say who
 * unsubscribed from this list. An export would be quicker, and could not show
 * that it is whole.
 */
export async function members(session: Session, listId: string, signal: AbortSignal): Promise<Relation> {
  if ((await list(session, listId, signal)) === undefined)
    throw new Failure("not-found", `Brevo has no list ${listId}.`);
  const { files } = await scanContacts(session, { listId }, signal);
  return membersRelation(files, listId, "all");
}
