import { Failure } from "../../model/failure.js";
import type { HttpResponse } from "../../platform/http-response.js";

/** Contacts of one `GET /contacts` page. Source: https://developers.brevo.com/reference/get-contacts */
export const PAGE = 1000;

/** One page as NDJSON, a contact a line. */
export interface ContactLines {
  readonly lines: Uint8Array;
  /** All contacts that the query matches, as counted with this page. */
  readonly count: number;
}

const HEAD = Buffer.from('{"contacts":[{');
const COUNT = /\}\],"count":(\d+)\}$/;
const LONGEST_TAIL = 40;
const BETWEEN = Buffer.from("},{");
const LINE_FEED = 10;

/**
 * Cuts a page into lines, since DuckDB reads small objects fifteen times as
 * fast as pages of a thousand. Every comma of `},{` becomes a line break: that
 * is right when it gives as many contacts as the page has room for, because a
 * cut inside a contact would give more. Otherwise the page is parsed.
 */
export function contactLines(response: HttpResponse, offset: number): ContactLines {
  const { bytes } = response;
  const tail = COUNT.exec(bytes.toString("latin1", Math.max(0, bytes.length - LONGEST_TAIL)));
  const count = Number(tail?.[1]);
  if (tail === null || !bytes.subarray(0, HEAD.length).equals(HEAD)) return parsed(response);
  const cuts: number[] = [];
  for (let at = bytes.indexOf(BETWEEN); at !== -1; at = bytes.indexOf(BETWEEN, at + 2)) cuts.push(at + 1);
  if (cuts.length + 1 !== Math.min(PAGE, count - offset) || bytes.includes(LINE_FEED))
    return parsed(response);
  for (const cut of cuts) bytes[cut] = LINE_FEED;
  const end = bytes.length - tail[0].length + 1;
  bytes[end] = LINE_FEED;
  return { lines: bytes.subarray(HEAD.length - 1, end + 1), count };
}

function parsed(response: HttpResponse): ContactLines {
  const page = response.json() as { contacts?: unknown; count?: unknown };
  if (!Array.isArray(page.contacts) || typeof page.count !== "number") {
    throw new Failure(
      "permanent",
      "Brevo answered with a page of contacts that has no contacts or no count.",
    );
  }
  const text = page.contacts.map((contact) => `${JSON.stringify(contact)}\n`).join("");
  return { lines: Buffer.from(text), count: page.count };
}
