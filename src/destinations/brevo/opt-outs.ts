import type { OptOutQuery, OptOutRead } from "../../plugin/destination.js";
import { scanContacts } from "./contact-scan.js";
import { optedOutRelation, scannedRelation, seenRelation } from "./contact-sql.js";
import type { Session } from "./session.js";

/** How far the next read reaches back before the start of this one: `modifiedAt` may be set before a change can be read. */
const MARGIN_MS = 60_000;
const STAND_IN_MARGIN_MS = 1000;

/** Where the next read begins when nobody knows what time it is at Brevo. */
const EVERYTHING = new Date(0).toISOString();

/** Reads all contacts, or those modified since the last read; opt-outs are flags of the contact. */
export async function optOuts(
  session: Session,
  query: OptOutQuery,
  signal: AbortSignal,
): Promise<OptOutRead> {
  const { files, startedAt } = await scanContacts(session, { modifiedSince: query.since }, signal);
  const margin = session.standIn ? STAND_IN_MARGIN_MS : MARGIN_MS;
  return {
    optedOut: optedOutRelation(files),
    // Never the whole truth: a contact that was deleted takes its flags along.
    whole: [],
    seen: seenRelation(files),
    contacts: scannedRelation(files),
    watermark: startedAt === undefined ? (query.since ?? EVERYTHING) : earlier(startedAt, margin),
  };
}

/** Changes are dated by Brevo's clock, and a mark that is ahead of it would pass over some: of two clocks the earlier counts. */
function earlier(theirs: number, marginMs: number): string {
  return new Date(Math.min(theirs, Date.now()) - marginMs).toISOString();
}
