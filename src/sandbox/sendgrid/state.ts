import { Failure } from "../../model/failure.js";
import type { SendgridData } from "./account.js";
import type { FieldType } from "./fields.js";
import type { Job } from "./jobs.js";
import { prepareContacts } from "./prepare.js";
import { contactDetails } from "./render.js";
import type { SuppressionGroup } from "./suppressions.js";
import { upsert } from "./upsert.js";

/** A contact as searches show it: `email`, `id`, reserved fields, `custom_fields` by name, `list_ids`. */
export type SendgridMember = Readonly<Record<string, unknown>>;

/** A hand on what a SendGrid account holds, for tests: no rate limit, no delay. */
export class SendgridState {
  readonly #data: SendgridData;

  constructor(data: SendgridData) {
    this.#data = data;
  }

  get contactCount(): number {
    return this.#data.contacts.size;
  }

  get jobs(): readonly Job[] {
    return [...this.#data.jobs.all.values()];
  }

  /** Returns the list's id. */
  addList(name: string): string {
    return this.#data.addList(name).id;
  }

  listIds(name: string): string[] {
    return [...this.#data.lists.values()].filter((list) => list.name === name).map(({ id }) => id);
  }

  /** Returns the field's id. */
  addField(name: string, type: FieldType): string {
    return this.#data.addField(name, type).id;
  }

  /** `contact` as in `PUT /v3/marketing/contacts`: `email`, reserved fields, `custom_fields` by id. */
  addContact(contact: Readonly<Record<string, unknown>>, lists: readonly string[] = []): void {
    const numbers = lists.map((id) => this.#list(id));
    const intake = prepareContacts(this.#data, [contact]);
    const problem = intake.errors[0]?.message ?? intake.lost[0]?.error;
    if (problem !== undefined)
      throw new Failure("invalid", `the sandbox cannot store the contact: ${problem}`);
    upsert(this.#data, intake.prepared, numbers, []).apply();
  }

  unsubscribe(email: string): void {
    this.#data.suppressions.unsubscribes.set(email.toLowerCase(), this.#seconds());
  }

  bounce(email: string): void {
    this.#data.suppressions.bounces.set(email.toLowerCase(), this.#seconds());
  }

  reportSpam(email: string): void {
    this.#data.suppressions.spamReports.set(email.toLowerCase(), this.#seconds());
  }

  addGroup(name: string, id?: number): SuppressionGroup {
    return this.#data.suppressions.addGroup(name, name, false, id);
  }

  unsubscribeFromGroup(email: string, group: number): void {
    const found = this.#data.suppressions.groups.get(group);
    if (found === undefined) throw new Failure("not-found", `the sandbox account has no group ${group}`);
    found.members.set(email.toLowerCase(), this.#seconds());
  }

  /** Takes a contact off a list, as a person would in the vendor's pages. */
  removeFromList(email: string, listId: string): void {
    const row = this.#data.contacts.byEmail.get(email.toLowerCase());
    if (row !== undefined) this.#data.contacts.leave(row, this.#list(listId));
  }

  contact(email: string): SendgridMember | undefined {
    const row = this.#data.contacts.byEmail.get(email.toLowerCase());
    return row === undefined ? undefined : contactDetails(this.#data, row);
  }

  /** In the order of creation. */
  members(listId: string): SendgridMember[] {
    const rows = this.#data.contacts.scan({ list: this.#list(listId) });
    return Array.from(rows, (row) => contactDetails(this.#data, row));
  }

  memberCount(listId: string): number {
    return this.#data.contacts.sets.count(this.#list(listId));
  }

  #list(id: string): number {
    const list = this.#data.lists.get(id);
    if (list === undefined) throw new Failure("not-found", `the sandbox account has no list ${id}`);
    return list.number;
  }

  #seconds(): number {
    return Math.floor(this.#data.context.now() / 1000);
  }
}
