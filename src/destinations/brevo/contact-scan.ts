import { open } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import { body } from "./answers.js";
import { contactLines, PAGE } from "./contact-lines.js";
import { CONTACTS } from "./limits.js";
import type { Session } from "./session.js";

/** Pages asked for at once; the rate limit paces them. */
const AT_ONCE = 6;
/** How often everything is read again because contacts were deleted meanwhile. */
const PASSES = 3;
const MOST_CONTACTS = 100_000_000;

export interface ScanQuery {
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
 * again and the readings are taken together.
 */
export async function scanContacts(session: Session, query: ScanQuery, signal: AbortSignal): Promise<Scan> {
  const files: string[] = [];
  let startedAt: number | undefined;
  for (let pass = 0; pass < PASSES; pass++) {
    const reading = await readAll(session, query, signal);
    startedAt ??= reading.startedAt;
    files.push(...reading.files);
    if (!reading.shrank) break;
  }
  return { files, startedAt };
}

async function readAll(session: Session, query: ScanQuery, signal: AbortSignal) {
  const first = await readPage(session, query, 0, signal);
  if (first.count > MOST_CONTACTS)
    throw new Failure("permanent", `Brevo says that ${first.count} contacts match, which cannot be.`, {
      hint: "Check the baseUrl of the connection, and whether a proxy stands in between.",
    });
  const pages = Math.ceil(first.count / PAGE);
  const workers = Math.min(AT_ONCE, Math.max(1, pages - 1));
  const files = Array.from({ length: workers }, (_, index) =>
    session.scratchFile(`contacts-${index}.ndjson`),
  );
  let next = 1;
  let least = first.count;
  const work = async (path: string, start: Uint8Array | undefined): Promise<void> => {
    const file = await open(path, "wx", 0o600);
    try {
      if (start !== undefined) await file.appendFile(start);
      for (let page = next++; page < pages; page = next++) {
        const { lines, count } = await readPage(session, query, page * PAGE, signal);
        least = Math.min(least, count);
        await file.appendFile(lines);
      }
    } finally {
      await file.close();
    }
  };
  await Promise.all(files.map((file, index) => work(file, index === 0 ? first.lines : undefined)));
  return { files, startedAt: first.startedAt, shrank: least < first.count };
}

async function readPage(session: Session, query: ScanQuery, offset: number, signal: AbortSignal) {
  const response = await session.http.send(
    {
      method: "GET",
      path: "/contacts",
      query: {
        limit: PAGE,
        offset,
        sort: "asc",
        listIds: query.listId,
        modifiedSince: query.modifiedSince,
      },
      bucket: CONTACTS,
      kind: "read",
    },
    signal,
  );
  if (response.status >= 300) body(response, "Reading contacts");
  const date = Date.parse(response.headers["date"] ?? "");
  return { ...contactLines(response, offset), startedAt: Number.isNaN(date) ? undefined : date };
}
