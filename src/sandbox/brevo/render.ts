import { EMAIL_BLOCKED, SMS_BLOCKED } from "../store/contacts.js";
import type { BrevoData, BrevoList } from "./account.js";

/** Contacts of one import share their times, so the last text is kept. */
export class Times {
  readonly #offsetMs: number;
  readonly #suffix: string;
  #ms = Number.NaN;
  #text = "";

  /** `offset` in minutes. */
  constructor(offset: number) {
    this.#offsetMs = offset * 60_000;
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
    this.#suffix = `${offset < 0 ? "-" : "+"}${pad(hours)}:${pad(minutes)}`;
  }

  /** RFC 3339 in the account's timezone, as recorded answers have it. */
  text(ms: number): string {
    if (ms === this.#ms) return this.#text;
    this.#ms = ms;
    this.#text = new Date(ms + this.#offsetMs).toISOString().slice(0, -1) + this.#suffix;
    return this.#text;
  }
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/** Where a contact is read: among all of the account, among those of a list, or by itself. */
export type ContactRoute = "account" | "list" | "single";

/** The JSON text of a contact; attributes are stored as text and spliced in. */
export class ContactWriter {
  readonly #data: BrevoData;
  readonly #created: Times;
  readonly #modified: Times;

  constructor(data: BrevoData) {
    this.#data = data;
    const offset = data.options.utcOffset ?? 120;
    this.#created = new Times(offset);
    this.#modified = new Times(offset);
  }

  /** `extra` is further JSON members, with a leading comma. */
  text(row: number, route: ContactRoute, extra = ""): string {
    const { contacts } = this.#data;
    const email = contacts.emails[row] ?? "";
    return (
      `{"id":${row + 1},${email === "" ? "" : `"email":${JSON.stringify(email)},`}` +
      `"emailBlacklisted":${contacts.has(row, EMAIL_BLOCKED)},"smsBlacklisted":${contacts.has(row, SMS_BLOCKED)},` +
      `"whatsappBlacklisted":false,"createdAt":"${this.#created.text(contacts.created[row] ?? 0)}",` +
      `"modifiedAt":"${this.#modified.text(contacts.modified[row] ?? 0)}",` +
      `"listIds":[${contacts.listsOf(row).join()}],` +
      this.#unsubscribed(row, route) +
      `"attributes":${contacts.texts[row] ?? "{}"},"subscriptions":{}${extra}}`
    );
  }

  /** As recorded, each route says in its own way that there is nothing. */
  #unsubscribed(row: number, route: ContactRoute): string {
    const { unsubscribed, context } = this.#data;
    const hides = {
      account: context.switches.brevoContactsHideUnsubscribed,
      list: false,
      single: context.switches.brevoLookupHidesUnsubscribed,
    };
    const lists = hides[route] ? [] : [...(unsubscribed.get(row) ?? [])];
    if (lists.length > 0) return `"listUnsubscribed":[${lists.join()}],`;
    return { account: '"listUnsubscribed":null,', list: '"listUnsubscribed":[],', single: "" }[route];
  }

  /** A page of rows: `{contacts, count}`. */
  page(
    rows: Uint32Array,
    route: ContactRoute,
    page: { limit: number; offset: number; sort: string },
  ): string {
    const texts: string[] = [];
    const end = Math.min(rows.length, page.offset + page.limit);
    for (let at = page.offset; at < end; at++) {
      const row = rows[page.sort === "asc" ? at : rows.length - 1 - at];
      if (row !== undefined) texts.push(this.text(row, route));
    }
    return `{"contacts":[${texts.join()}],"count":${rows.length}}`;
  }
}

/** In the collection the two totals are being dropped and read 0 (note in the API reference). */
export function listEntry(data: BrevoData, list: BrevoList): Record<string, unknown> {
  return {
    id: list.id,
    name: list.name,
    folderId: list.folderId,
    uniqueSubscribers: data.contacts.sets.count(list.id),
    totalSubscribers: 0,
    totalBlacklisted: 0,
  };
}

/** One list with real counters. */
export function listDetails(data: BrevoData, list: BrevoList): Record<string, unknown> {
  const times = new Times(data.options.utcOffset ?? 120);
  const rows = data.contacts.scan({ list: list.id });
  let blocked = 0;
  for (const row of rows) if (data.contacts.has(row, EMAIL_BLOCKED)) blocked++;
  return {
    ...listEntry(data, list),
    totalSubscribers: rows.length - blocked,
    totalBlacklisted: blocked,
    ...periodOf(data.context.now(), times),
    createdAt: times.text(list.createdAt),
    dynamicList: false,
    campaignStats: [],
  };
}

const HALF_YEAR_MS = 183 * 86_400_000;

/** What the campaign statistics are of: recorded answers have the half year until now. */
function periodOf(now: number, times: Times): { startDate: string; endDate: string } {
  return { startDate: times.text(now - HALF_YEAR_MS), endDate: times.text(now) };
}
