import { open, writeFile } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import { PageGuard } from "../../platform/page-guard.js";
import { body } from "./answers.js";
import { contactLines } from "./contact-lines.js";
import { CONTACTS_PAGE } from "./contact-shape.js";
import { CONTACTS } from "./limits.js";
import type { Session } from "./session.js";

/** Contacts of one page. Source: https://developers.brevo.com/reference/get-contacts and get-contacts-from-list */
const PAGE = { account: 1000, list: 500 } as const;
/** Pages asked for at once; the rate limit paces them. */
const AT_ONCE = 6;
/** How often everything is read again because contacts were deleted meanwhile. */
const PASSES = 3;
const MOST_CONTACTS = 100_000_000;

export interface ScanQuery {
  /** The members of a list and those who unsubscribed from it; without it all contacts of the account. */
  readonly listId?: string;
  /** UTC, `YYYY-MM-DDTHH:mm:ss.SSSZ`. */
  readonly modifiedSince?: string | undefined;
}

export interface Scan {
  /** NDJSON files, a contact a line; later files are newer. A contact may occur more than once. */
  readonly files: readonly string[];
  /** Epoch ms when the first page was answered, by Brevo's clock; undefined when it did not say. */
  readonly startedAt: number | undefined;
}

/**
 * Reads every contact that the query matches onto disk, oldest first. New
 * contacts come at the end and shift nothing. A deleted one shifts the rest, so
 * that one could slip between two pages: when the count falls, all is read
 * again and the readings are taken together. Fewer contacts than Brevo counts
 * are a failure: who is missing may be one who opted out.
 */
export async function scanContacts(session: Session, query: ScanQuery, signal: AbortSignal): Promise<Scan> {
  const files: string[] = [];
  const ids: Float64Array[] = [];
  let startedAt: number | undefined;
  for (let pass = 1; ; pass++) {
    const reading = await readAll(session, query, signal);
    startedAt ??= reading.startedAt;
    files.push(...reading.files);
    ids.push(...reading.ids);
    if (reading.shrank && pass < PASSES) continue;
    const received = distinct(ids);
    if (received >= reading.least) return { files, startedAt };
    throw new Failure(
      "transient",
      `${reading.request} gave ${received} of the ${reading.least} contacts that Brevo counts.`,
      {
        hint: "Run again: they may have changed while they were read. If it stays so, ask Brevo: without all of them nobody can tell who opted out.",
      },
    );
  }
}

interface Reading extends Scan {
  /** Of each page. */
  readonly ids: readonly Float64Array[];
  /** The smallest count that a page told. */
  readonly least: number;
  readonly shrank: boolean;
  /** As people may see it. */
  readonly request: string;
}

async function readAll(session: Session, query: ScanQuery, signal: AbortSignal): Promise<Reading> {
  const asked = query.listId === undefined ? PAGE.account : PAGE.list;
  const guard = new PageGuard("Brevo's contacts", MOST_CONTACTS / PAGE.list);
  const ids: Float64Array[] = [];
  let least = Infinity;
  let most = 0;
  const read = async (offset: number): Promise<Page> => {
    const page = await readPage(session, query, { limit: asked, offset }, signal);
    guard.turn(page.ids.join());
    ids.push(page.ids);
    least = Math.min(least, page.count);
    most = Math.max(most, page.count);
    return page;
  };
  const first = await read(0);
  if (first.count > MOST_CONTACTS) throw first.odd(`a count of ${first.count}, which cannot be`);
  if (first.rows === 0 && first.count > 0) throw first.odd("no contact, although it counts some");
  // A server may give fewer than were asked for.
  const step = first.rows < Math.min(asked, first.count) ? first.rows : asked;
  const pages = Math.ceil(first.count / step);
  const workers = Math.min(AT_ONCE, Math.max(1, pages - 1));
  const files = Array.from({ length: workers }, (_, index) =>
    session.scratchFile(`contacts-${index}.ndjson`),
  );
  let next = 1;
  let last = first;
  const work = async (path: string, start: Uint8Array | undefined): Promise<void> => {
    const file = await open(path, "wx", 0o600);
    try {
      if (start !== undefined) await file.appendFile(start);
      for (let number = next++; number < pages; number = next++) {
        const page = await read(number * step);
        if (number === pages - 1) last = page;
        await file.appendFile(page.lines);
      }
    } finally {
      await file.close();
    }
  };
  await Promise.all(files.map((file, index) => work(file, index === 0 ? first.lines : undefined)));
  // Whether this was the end only a page that is not full tells.
  let offset = Math.max(0, pages - 1) * step;
  for (
    let rows = last.rows;
    rows > 0 && (rows >= step || offset + rows < most || offset + rows > last.count);
  ) {
    offset += rows;
    const page = await read(offset);
    const path = session.scratchFile("contacts-more.ndjson");
    await writeFile(path, page.lines, { flag: "wx", mode: 0o600 });
    files.push(path);
    last = page;
    rows = page.rows;
  }
  return {
    files,
    ids,
    least,
    startedAt: first.startedAt,
    shrank: least < first.count,
    request: first.request,
  };
}

interface Page {
  readonly lines: Uint8Array;
  readonly ids: Float64Array;
  readonly rows: number;
  /** All contacts that the query matches, as counted with this page. */
  readonly count: number;
  readonly startedAt: number | undefined;
  readonly odd: (how: string) => Failure;
  readonly request: string;
}

async function readPage(
  session: Session,
  { listId, modifiedSince }: ScanQuery,
  { limit, offset }: { readonly limit: number; readonly offset: number },
  signal: AbortSignal,
): Promise<Page> {
  const path = listId === undefined ? "/contacts" : `/contacts/lists/${listId}/contacts`;
  const query = { limit, offset, sort: "asc", modifiedSince };
  const response = await session.http.send(
    { method: "GET", path, query, bucket: CONTACTS, kind: "read" },
    signal,
  );
  const { contacts, count } = body(response, "Reading contacts", CONTACTS_PAGE);
  const date = Date.parse(response.headers["date"] ?? "");
  return {
    lines: contactLines(response.bytes, contacts),
    ids: Float64Array.from(contacts, ({ id }) => id),
    rows: contacts.length,
    count,
    startedAt: Number.isNaN(date) ? undefined : date,
    odd: response.odd,
    request: response.request,
  };
}

/** How many different ids there are. */
function distinct(pages: readonly Float64Array[]): number {
  const all = new Float64Array(pages.reduce((sum, page) => sum + page.length, 0));
  let at = 0;
  for (const page of pages) {
    all.set(page, at);
    at += page.length;
  }
  all.sort();
  return all.reduce((sum, id, index) => sum + (index > 0 && id === all[index - 1] ? 0 : 1), 0);
}
