import { Failure } from "../../../model/failure.js";
import type { OptOutQuery, OptOutRead } from "../../../plugin/destination.js";
import { scanContacts, type Scan } from "./contact-scan.js";
import { scannedRelation, seenRelation } from "./contact-sql.js";
import { findList } from "../lists.js";
import { formatMarks, parseMarks } from "./marks.js";
import { optedOutRelation } from "./restraints.js";
import { isListId } from "../codec/routes.js";
import type { BrevoClient } from "../client.js";

/** How far the next read reaches back before the start of this one: `modifiedAt` may be set before a change can be read. */
const MARGIN_MS = 60_000;
const STAND_IN_MARGIN_MS = 1000;

/** Where the next read begins when nobody knows what time it is at Brevo. */
const EVERYTHING = new Date(0).toISOString();

/**
 * Reads all contacts, or those modified since the last read: the blocklist is a
 * flag of the contact. Unsubscribing from a list is recorded of live contacts
 * only where the list itself is read, which is therefore read as well: all of
 * it the first time, whatever was read of the account before.
 */
export async function readOptOuts(
  client: BrevoClient,
  query: OptOutQuery,
  signal: AbortSignal,
): Promise<OptOutRead> {
  const before = parseMarks(query.since);
  const scan = await scanContacts(client, { modifiedSince: before.account }, signal);
  const account = markAfter(client, scan, before.account) ?? EVERYTHING;
  const marks = new Map(before.lists);
  const restraints = [...scan.restraints];
  const readLists: string[] = [];
  for (const listId of new Set(query.lists)) {
    const since = before.lists.get(listId);
    const found = await scanList(client, listId, since, signal);
    if (found === undefined) continue;
    restraints.push(...found.restraints);
    readLists.push(listId);
    const mark = markAfter(client, found, since);
    // No later than that of the account, which says who is on a list and not always who unsubscribed from it:
    // what came between the two reads has to show in the next one of both.
    if (mark !== undefined) marks.set(listId, mark < account ? mark : account);
  }
  return {
    optedOut: optedOutRelation(restraints),
    // Never the whole truth: a contact that was deleted takes its flags along.
    whole: [],
    seen: seenRelation(scan.files, readLists),
    contacts: scannedRelation(scan.files),
    watermark: formatMarks({ account, lists: marks }),
  };
}

/** Undefined for a list that is gone: nobody can be put on it. */
async function scanList(
  client: BrevoClient,
  listId: string,
  modifiedSince: string | undefined,
  signal: AbortSignal,
): Promise<Scan | undefined> {
  if (!isListId(listId)) return undefined;
  try {
    return await scanContacts(client, { listId, modifiedSince }, signal);
  } catch (error) {
    const isGone =
      error instanceof Failure &&
      error.kind === "not-found" &&
      (await findList(client, listId, signal)) === undefined;
    if (isGone) return undefined;
    throw error;
  }
}

/** Changes are dated by Brevo's clock, and a mark that is ahead of it would pass over some: of two clocks the earlier counts. */
function markAfter(client: BrevoClient, { startedAt }: Scan, before: string | undefined): string | undefined {
  if (startedAt === undefined) return before;
  const margin = client.standIn ? STAND_IN_MARGIN_MS : MARGIN_MS;
  return new Date(Math.min(startedAt, Date.now()) - margin).toISOString();
}
