import type { BrevoAccount } from "../options.js";
import { ContactTable, EMAIL_BLOCKED, SMS_BLOCKED } from "../store/contacts.js";
import type { Downloads } from "../store/downloads.js";
import { JobRunner } from "../store/jobs.js";
import type { Switches } from "../switches.js";
import { type Attribute, builtInAttributes } from "./attributes.js";
import { Identifiers } from "./identifiers.js";
import { Processes } from "./processes.js";

export interface BrevoList {
  readonly id: number;
  name: string;
  folderId: number;
  readonly createdAt: number;
}

export interface BrevoFolder {
  readonly id: number;
  name: string;
}

export interface BrevoContext {
  readonly switches: Switches;
  readonly downloads: Downloads;
  readonly now: () => number;
  /** Undefined: jobs are carried out at once. */
  readonly jobMs: number | undefined;
}

/** What one Brevo account holds. */
export class BrevoData {
  readonly options: BrevoAccount;
  readonly context: BrevoContext;
  readonly contacts = new ContactTable();
  readonly identifiers: Identifiers;
  readonly attributes = new Map<string, Attribute>();
  readonly lists = new Map<number, BrevoList>();
  readonly folders = new Map<number, BrevoFolder>();
  readonly runner: JobRunner;
  readonly processes: Processes;
  /** Lists a contact unsubscribed from, by row. */
  readonly unsubscribed = new Map<number, Set<number>>();
  nextList = 2;
  nextFolder = 2;

  constructor(options: BrevoAccount, context: BrevoContext) {
    this.options = options;
    this.context = context;
    this.runner = new JobRunner({ serial: true, delayMs: context.jobMs });
    this.processes = new Processes(this.runner);
    this.identifiers = new Identifiers(this.contacts);
    for (const attribute of builtInAttributes(options.language ?? "en"))
      this.attributes.set(attribute.name, attribute);
    this.folders.set(1, { id: 1, name: "Your First Folder" });
  }

  get id(): string {
    return this.options.id ?? "sandbox-brevo";
  }

  addList(name: string, folderId: number): BrevoList {
    const list = { id: this.nextList++, name, folderId, createdAt: this.context.now() };
    this.lists.set(list.id, list);
    return list;
  }

  removeList(id: number): void {
    for (const row of this.contacts.scan({ list: id })) this.contacts.leave(row, id);
    for (const lists of this.unsubscribed.values()) lists.delete(id);
    this.lists.delete(id);
  }

  /** Puts a contact on a list; true when it was not on it. */
  join(row: number, listId: number): boolean {
    if (this.context.switches.brevoAddClearsUnsubscribe) this.unsubscribed.get(row)?.delete(listId);
    return this.contacts.join(row, listId);
  }

  /**
   * As recorded of live accounts: the list goes from `listIds` to
   * `listUnsubscribed`, and the contact counts as modified.
   */
  unsubscribe(row: number, listId: number): void {
    this.contacts.leave(row, listId);
    const lists = this.unsubscribed.get(row) ?? new Set();
    this.unsubscribed.set(row, lists.add(listId));
    this.contacts.touch(row, this.context.now());
  }

  /** Deletes the contact for good, its blocklist status included. */
  remove(row: number): void {
    this.identifiers.forget(row);
    this.unsubscribed.delete(row);
    this.contacts.remove(row);
  }

  /** A contact's attributes; a fresh object. */
  attributesOf(row: number): Record<string, unknown> {
    return JSON.parse(this.contacts.texts[row] ?? "{}") as Record<string, unknown>;
  }

  /** Contacts that the list's own collection has, in the order of creation: as recorded, also those who unsubscribed from it. */
  rowsOfList(listId: number, since: { modifiedSince?: number; createdSince?: number } = {}): Uint32Array {
    const on = this.contacts.scan({ ...since, list: listId });
    if (this.context.switches.brevoListDropsUnsubscribed) return on;
    const left = [...this.unsubscribed].flatMap(([row, lists]) =>
      lists.has(listId) && !this.contacts.isOn(row, listId) && this.contacts.isSince(row, since) ? [row] : [],
    );
    return left.length === 0 ? on : Uint32Array.from([...on, ...left]).sort();
  }

  /** Whether it shows by `modifiedSince` no recording tells. */
  blocklist(row: number): void {
    this.block(row, { email: true });
    if (!this.context.switches.brevoBlocklistingUntold) this.contacts.touch(row, this.context.now());
  }

  isBlocked(row: number): boolean {
    return this.contacts.has(row, EMAIL_BLOCKED);
  }

  isSubscribed(row: number, listId: number): boolean {
    return !this.isBlocked(row) && this.unsubscribed.get(row)?.has(listId) !== true;
  }

  block(row: number, flags: { email?: boolean | undefined; sms?: boolean | undefined }): void {
    if (flags.email !== undefined) this.contacts.set(row, EMAIL_BLOCKED, flags.email);
    if (flags.sms !== undefined) this.contacts.set(row, SMS_BLOCKED, flags.sms);
  }
}
