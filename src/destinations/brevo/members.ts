import { Failure } from "../../model/failure.js";
import type { Relation } from "../../plugin/relation.js";
import { PAGE } from "./contact-lines.js";
import { scanContacts } from "./contact-scan.js";
import { membersRelation } from "./contact-sql.js";
import { exportMembers } from "./export-members.js";
import { list } from "./lists.js";
import type { Session } from "./session.js";

/** Up to this many pages are read as pages, which takes seconds. */
const PAGES = 20;
/** Status requests that an export may need. */
const STATUS_REQUESTS = 20;

/**
 * Everybody on a list. Exports carry attributes in a form of their own that is
 * not documented, so that attributes always come from pages. Of a big list an
 * export is quicker, where requests are paced and the hour's status requests
 * allow it.
 */
export async function members(
  session: Session,
  listId: string,
  options: { attributes: boolean },
  signal: AbortSignal,
): Promise<Relation> {
  const info = await list(session, listId, signal);
  if (info === undefined) throw new Failure("not-found", `Brevo has no list ${listId}.`);
  const big = (info.size ?? 0) > PAGES * PAGE;
  const affordable = !session.standIn && session.statusRequestsLeft() > STATUS_REQUESTS;
  if (big && !options.attributes && affordable) return exportMembers(session, listId, signal);
  const { files } = await scanContacts(session, { listId }, signal);
  return membersRelation(files, listId, "all");
}
