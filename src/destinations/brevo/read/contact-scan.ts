import { appendFile, open, writeFile } from "node:fs/promises";
import { Failure } from "../../../model/failure.js";
import { PageGuard } from "../../../platform/http/page-guard.js";
import { parseBody } from "../answers.js";
import { contactLines } from "./contact-lines.js";
import { CONTACTS_PAGE, type StoredContact } from "./contact-shape.js";
import { ContactTally } from "./contact-tally.js";
import { CONTACTS } from "../limits.js";
import { restraintLines } from "./restraints.js";
import type { BrevoClient } from "../client.js";

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
  /** Files of those whom the contacts restrain, as `restraintLines` writes them. */
  readonly restraints: readonly string[];
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
export async function scanContacts(
  client: BrevoClient,
  query: ScanQuery,
  signal: AbortSignal,
): Promise<Scan> {
  const files: string[] = [];
  const restraints: string[] = [];
  const tally = new ContactTally();
  let startedAt: number | undefined;
  for (let pass = 1; ; pass++) {
    const reading = await readAll(client, query, tally, signal);
    startedAt ??= reading.startedAt;
    files.push(...reading.files);
    restraints.push(...reading.restraints);
    if (reading.shrank && pass < PASSES) continue;
    const received = tally.distinct();
    if (received >= reading.least) return { files, restraints, startedAt };
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
  /** The smallest count that a page told. */
  readonly least: number;
  readonly shrank: boolean;
  /** As people may see it. */
  readonly request: string;
}

async function readAll(
  client: BrevoClient,
  query: ScanQuery,
  tally: ContactTally,
  signal: AbortSignal,
): Promise<Reading> {
  const asked = query.listId === undefined ? PAGE.account : PAGE.list;
  const guard = new PageGuard("Brevo's contacts", MOST_CONTACTS / PAGE.list);
  let least = Infinity;
  let most = 0;
  const read = async (offset: number): Promise<Page> => {
    const page = await readPage(client, query, { limit: asked, offset }, signal);
    guard.turn(page.contacts.map(({ id }) => id).join());
    tally.add(page.contacts);
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
  const files = Array.from({ length: workers }, (_, index) => client.scratchFile(`contacts-${index}.ndjson`));
  const restraints = files.map((_, index) => client.scratchFile(`restraints-${index}.ndjson`));
  for (const path of restraints) await writeFile(path, "", { flag: "wx", mode: 0o600 });
  let next = 1;
  let last = first;
  const work = async (path: string, index: number): Promise<void> => {
    const file = await open(path, "wx", 0o600);
    const keep = async ({ lines, restrained }: Page): Promise<void> => {
      await file.appendFile(lines);
      if (restrained !== "") await appendFile(restraints[index] ?? "", restrained);
    };
    try {
      if (index === 0) await keep(first);
      for (let number = next++; number < pages; number = next++) {
        const page = await read(number * step);
        if (number === pages - 1) last = page;
        await keep(page);
      }
    } finally {
      await file.close();
    }
  };
  await Promise.all(files.map(work));
  // Whether this was the end only a page that is not full tells.
  let offset = Math.max(0, pages - 1) * step;
  for (
    let rows = last.rows;
    rows > 0 && (rows >= step || offset + rows < most || offset + rows > last.count);
  ) {
    offset += rows;
    const page = await read(offset);
    const path = client.scratchFile("contacts-more.ndjson");
    await writeFile(path, page.lines, { flag: "wx", mode: 0o600 });
    files.push(path);
    await appendFile(restraints[0] ?? "", page.restrained);
    last = page;
    rows = page.rows;
  }
  return {
    files,
    restraints,
    least,
    startedAt: first.startedAt,
    shrank: least < first.count,
    request: first.request,
  };
}

interface Page {
  readonly lines: Uint8Array;
  readonly contacts: readonly StoredContact[];
  /** Whom they restrain, as `restraintLines` writes it. */
  readonly restrained: string;
  readonly rows: number;
  /** All contacts that the query matches, as counted with this page. */
  readonly count: number;
  readonly startedAt: number | undefined;
  readonly odd: (how: string) => Failure;
  readonly request: string;
}

async function readPage(
  client: BrevoClient,
  { listId, modifiedSince }: ScanQuery,
  { limit, offset }: { readonly limit: number; readonly offset: number },
  signal: AbortSignal,
): Promise<Page> {
  const path = listId === undefined ? "/contacts" : `/contacts/lists/${listId}/contacts`;
  const query = { limit, offset, sort: "asc", modifiedSince };
  const response = await client.http.send(
    { method: "GET", path, query, bucket: CONTACTS, kind: "read" },
    signal,
  );
  const { contacts, count } = parseBody(response, "Reading contacts", CONTACTS_PAGE);
  const since = modifiedSince === undefined ? "" : `&modifiedSince=${modifiedSince}`;
  const date = Date.parse(response.headers["date"] ?? "");
  return {
    lines: contactLines(response.bytes, contacts),
    contacts,
    restrained: restraintLines(contacts, (index) => ({
      where: `The contact at offset ${offset + index} of ${response.request}`,
      hint: `Correct or delete it at Brevo. \`limit=1&offset=${offset + index}&sort=asc${since}\` shows which it is.`,
      kind: "permanent",
    })),
    rows: contacts.length,
    count,
    startedAt: Number.isNaN(date) ? undefined : date,
    odd: response.odd,
    request: response.request,
  };
}
