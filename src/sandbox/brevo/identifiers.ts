import type { ContactTable } from "../store/contacts.js";

/** Attributes that identify a contact, highest priority first; e-mail stands after EXT_ID (help.brevo.com 32331116133522). */
export const BEFORE_EMAIL = ["EXT_ID"] as const;
export const AFTER_EMAIL = ["SMS", "WHATSAPP", "LANDLINE_NUMBER"] as const;
const NAMES = [...BEFORE_EMAIL, ...AFTER_EMAIL];

const IDENTIFYING: ReadonlySet<string> = new Set(NAMES);

/** True for attributes that identify a contact. */
export function isIdentifier(name: string): boolean {
  return IDENTIFYING.has(name);
}

export type IdentifierName = (typeof NAMES)[number];

/** Which contact a phone number or external id belongs to. E-mail is the contact table's own index. */
export class Identifiers {
  readonly #contacts: ContactTable;
  readonly #owners = new Map<IdentifierName, Map<string, number>>(NAMES.map((name) => [name, new Map()]));

  constructor(contacts: ContactTable) {
    this.#contacts = contacts;
  }

  owner(name: IdentifierName, value: string): number | undefined {
    return this.#owners.get(name)?.get(value);
  }

  /** Follows a change of a contact's attributes. */
  update(row: number, before: Record<string, unknown>, after: Record<string, unknown>): void {
    for (const name of NAMES) {
      const owners = this.#owners.get(name);
      const old = before[name];
      const value = after[name];
      if (owners === undefined || old === value) continue;
      if (typeof old === "string" && owners.get(old) === row) owners.delete(old);
      if (typeof value === "string") owners.set(value, row);
    }
  }

  forget(row: number): void {
    const text = this.#contacts.texts[row] ?? "{}";
    this.update(row, JSON.parse(text) as Record<string, unknown>, {});
  }

  /** Identifiers of attributes with their owners, in the order of priority around the e-mail address. */
  owners(
    attributes: Record<string, unknown>,
    emailOwner: number | undefined,
  ): { name: string; row: number }[] {
    const found: { name: string; row: number }[] = [];
    const look = (name: IdentifierName): void => {
      const value = attributes[name];
      const row = typeof value === "string" ? this.owner(name, value) : undefined;
      if (row !== undefined) found.push({ name, row });
    };
    for (const name of BEFORE_EMAIL) look(name);
    if (emailOwner !== undefined) found.push({ name: "email", row: emailOwner });
    for (const name of AFTER_EMAIL) look(name);
    return found;
  }
}
