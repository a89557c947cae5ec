import { EMAIL_BLOCKED } from "../store/contacts.js";
import { Failure } from "../../model/failure.js";
import type { BrevoData } from "./account.js";
import type { Attribute } from "./attributes.js";
import type { Process } from "./processes.js";

/** A contact as tests look at it. */
export interface BrevoMember {
  readonly id: number;
  readonly email: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly lists: readonly number[];
  readonly emailBlacklisted: boolean;
  readonly listUnsubscribed: readonly number[];
}

/** A hand on what a Brevo account holds, for tests: no rate limit, no delay. */
export class BrevoState {
  readonly #data: BrevoData;

  constructor(data: BrevoData) {
    this.#data = data;
  }

  get contactCount(): number {
    return this.#data.contacts.size;
  }

  get processes(): readonly Process[] {
    return this.#data.processes.all;
  }

  /** Returns the list's id. */
  addList(name: string, folderId = 1): number {
    return this.#data.addList(name, folderId).id;
  }

  listIds(name: string): number[] {
    return [...this.#data.lists.values()].filter((list) => list.name === name).map(({ id }) => id);
  }

  addAttribute(attribute: Attribute): void {
    this.#data.attributes.set(attribute.name, attribute);
  }

  /** Creates a contact, or overwrites its attributes and adds lists. */
  addContact(
    email: string,
    contact: { attributes?: Record<string, unknown>; lists?: readonly number[] } = {},
  ): void {
    const { contacts, identifiers } = this.#data;
    const now = this.#data.context.now();
    const key = email.toLowerCase();
    const row = contacts.byEmail.get(key) ?? contacts.add(key, "{}", "", now);
    const before = this.#data.attributesOf(row);
    const after = { ...before, ...contact.attributes };
    identifiers.update(row, before, after);
    contacts.texts[row] = JSON.stringify(after);
    contacts.touch(row, now);
    for (const list of contact.lists ?? []) contacts.join(row, list);
  }

  blocklist(email: string): void {
    this.#data.blocklist(this.#row(email));
  }

  /** What a click on "unsubscribe from this list" does. */
  unsubscribe(email: string, listId: number): void {
    this.#data.unsubscribe(this.#row(email), listId);
  }

  /** Takes a contact off a list, as a person would in the vendor's pages. */
  removeFromList(email: string, listId: number): void {
    this.#data.contacts.leave(this.#row(email), listId);
  }

  /** Deletes a contact for good, if there is one, and with it what it said of subscriptions. */
  deleteContact(email: string): void {
    const row = this.#data.contacts.byEmail.get(email.toLowerCase());
    if (row !== undefined) this.#data.remove(row);
  }

  deleteList(listId: number): void {
    this.#data.removeList(listId);
  }

  contact(email: string): BrevoMember | undefined {
    const row = this.#data.contacts.byEmail.get(email.toLowerCase());
    return row === undefined ? undefined : this.#member(row);
  }

  /** In the order of creation. */
  members(listId: number): BrevoMember[] {
    return Array.from(this.#data.contacts.scan({ list: listId }), (row) => this.#member(row));
  }

  memberCount(listId: number): number {
    return this.#data.contacts.sets.count(listId);
  }

  #row(email: string): number {
    const row = this.#data.contacts.byEmail.get(email.toLowerCase());
    if (row === undefined) throw new Failure("not-found", "the sandbox account has no such contact");
    return row;
  }

  #member(row: number): BrevoMember {
    const { contacts, unsubscribed } = this.#data;
    return {
      id: row + 1,
      email: contacts.emails[row] ?? "",
      attributes: this.#data.attributesOf(row),
      lists: contacts.listsOf(row),
      emailBlacklisted: contacts.has(row, EMAIL_BLOCKED),
      listUnsubscribed: [...(unsubscribed.get(row) ?? [])],
    };
  }
}
