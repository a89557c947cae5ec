import { SetTable } from "./sets.js";

/** Bits of a contact. */
export const DELETED = 1;
export const EMAIL_BLOCKED = 2;
export const SMS_BLOCKED = 4;

/**
 * Contacts in columns: no object a contact, so that a million of them stay
 * small and cost the garbage collector little. A contact is its row number.
 */
export class ContactTable {
  readonly sets = new SetTable();
  readonly byEmail = new Map<string, number>();
  /** Lower-cased; '' when the contact has none. */
  readonly emails: string[] = [];
  /** JSON object text: Brevo's attributes, SendGrid's reserved fields. */
  readonly texts: string[] = [];
  /** JSON object text: SendGrid's custom fields. */
  readonly custom: string[] = [];
  flags = new Uint8Array(1024);
  lists = new Uint32Array(1024);
  /** Epoch milliseconds. */
  created = new Float64Array(1024);
  modified = new Float64Array(1024);
  #live = 0;
  #version = 0;
  #scan: { readonly key: string; readonly version: number; readonly rows: Uint32Array } | undefined;

  get size(): number {
    return this.#live;
  }

  /** Rows ever made, deleted ones included. */
  get rows(): number {
    return this.emails.length;
  }

  add(email: string, text: string, custom: string, now: number): number {
    const row = this.emails.length;
    if (row === this.flags.length) this.#grow();
    this.emails.push(email);
    this.texts.push(text);
    if (custom !== "" || this.custom.length > 0) this.custom[row] = custom;
    this.created[row] = now;
    this.modified[row] = now;
    if (email !== "") this.byEmail.set(email, row);
    this.sets.hold(0, 1);
    this.#live++;
    this.#version++;
    return row;
  }

  remove(row: number): void {
    if (!this.isLive(row)) return;
    const email = this.emails[row] ?? "";
    if (this.byEmail.get(email) === row) this.byEmail.delete(email);
    this.sets.hold(this.lists[row] ?? 0, -1);
    this.flags[row] = DELETED;
    this.lists[row] = 0;
    this.emails[row] = "";
    this.texts[row] = "{}";
    if (this.custom.length > row) this.custom[row] = "";
    this.#live--;
    this.#version++;
  }

  rename(row: number, email: string): void {
    const before = this.emails[row] ?? "";
    if (before === email) return;
    if (this.byEmail.get(before) === row) this.byEmail.delete(before);
    this.emails[row] = email;
    if (email !== "") this.byEmail.set(email, row);
  }

  isLive(row: number): boolean {
    return row >= 0 && row < this.emails.length && ((this.flags[row] ?? 0) & DELETED) === 0;
  }

  has(row: number, flag: number): boolean {
    return ((this.flags[row] ?? 0) & flag) !== 0;
  }

  set(row: number, flag: number, on: boolean): void {
    const flags = this.flags[row] ?? 0;
    this.flags[row] = on ? flags | flag : flags & ~flag;
    this.#version++;
  }

  touch(row: number, now: number): void {
    this.modified[row] = now;
    this.#version++;
  }

  /** Values go with their field. */
  dropValues(column: "texts" | "custom", name: string): void {
    const texts = this[column];
    for (const row of this.scan({})) {
      const values = JSON.parse(texts[row] || "{}") as Record<string, unknown>;
      if (!Object.hasOwn(values, name)) continue;
      delete values[name];
      texts[row] = JSON.stringify(values);
    }
  }

  /** True when the contact was not on the list. */
  join(row: number, list: number): boolean {
    return this.#move(row, this.sets.with(this.lists[row] ?? 0, list));
  }

  /** True when the contact was on the list. */
  leave(row: number, list: number): boolean {
    return this.#move(row, this.sets.without(this.lists[row] ?? 0, list));
  }

  isOn(row: number, list: number): boolean {
    return this.sets.has(this.lists[row] ?? 0, list);
  }

  listsOf(row: number): readonly number[] {
    return this.sets.members(this.lists[row] ?? 0);
  }

  /**
   * Live rows in the order of creation, filtered. The last result is kept as
   * long as nothing changes, because pages of one read ask for the same rows.
   */
  scan(filter: { list?: number | undefined; modifiedSince?: number; createdSince?: number }): Uint32Array {
    const key = `${filter.list ?? ""}|${filter.modifiedSince ?? ""}|${filter.createdSince ?? ""}`;
    if (this.#scan?.key === key && this.#scan.version === this.#version) return this.#scan.rows;
    const mask = filter.list === undefined ? undefined : this.sets.mask(filter.list);
    const rows = new Uint32Array(this.#live);
    let found = 0;
    for (let row = 0; row < this.emails.length; row++) {
      if (((this.flags[row] ?? 0) & DELETED) !== 0) continue;
      if (mask !== undefined && mask[this.lists[row] ?? 0] !== 1) continue;
      if (!this.isSince(row, filter)) continue;
      rows[found++] = row;
    }
    this.#scan = { key, version: this.#version, rows: rows.slice(0, found) };
    return this.#scan.rows;
  }

  isSince(row: number, filter: { modifiedSince?: number; createdSince?: number }): boolean {
    if (filter.modifiedSince !== undefined && (this.modified[row] ?? 0) < filter.modifiedSince) return false;
    return filter.createdSince === undefined || (this.created[row] ?? 0) >= filter.createdSince;
  }

  #move(row: number, set: number): boolean {
    const before = this.lists[row] ?? 0;
    if (before === set) return false;
    this.sets.hold(before, -1);
    this.sets.hold(set, 1);
    this.lists[row] = set;
    this.#version++;
    return true;
  }

  #grow(): void {
    const size = this.flags.length * 2;
    this.flags = grown(new Uint8Array(size), this.flags);
    this.lists = grown(new Uint32Array(size), this.lists);
    this.created = grown(new Float64Array(size), this.created);
    this.modified = grown(new Float64Array(size), this.modified);
  }
}

function grown<A extends Uint8Array | Uint32Array | Float64Array>(larger: A, smaller: A): A {
  larger.set(smaller);
  return larger;
}
