import { Failure } from "../../model/failure.js";
import type { HttpResponse } from "../../platform/http.js";

/** Contacts of one `GET /contacts` page. Source: https://developers.brevo.com/reference/get-contacts */
export const PAGE = 1000;

/** One page as NDJSON, a contact a line. */
export interface ContactLines {
  readonly text: string;
  readonly contacts: number;
  /** All contacts that the query matches, as counted with this page. */
  readonly count: number;
}

const COMPACT = /^\{"contacts":\[\{[^]*\}\],"count":(\d+)\}$/;
const HEAD = '{"contacts":['.length;

/**
 * Cuts a page into lines, since DuckDB reads small objects fifteen times as
 * fast as pages of a thousand. Cutting at `},{` is right when it gives as many
 * contacts as the page has room for (a cut inside a contact would give more);
 * otherwise the page is parsed.
 */
export function contactLines(response: HttpResponse, offset: number): ContactLines {
  const text = response.text;
  const count = Number(COMPACT.exec(text.length > 0 ? text : "")?.[1]);
  if (Number.isSafeInteger(count) && !text.includes("\n")) {
    const cut = text.slice(HEAD, text.lastIndexOf("]")).replaceAll("},{", "}\n{");
    const contacts = lines(cut);
    if (contacts === Math.min(PAGE, count - offset)) return { text: `${cut}\n`, contacts, count };
  }
  return parsed(response);
}

function lines(text: string): number {
  let found = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) found++;
  return found;
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
  return { text, contacts: page.contacts.length, count: page.count };
}
