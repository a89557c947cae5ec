import { hash, randomBytes } from "node:crypto";
import type { StoredContact } from "./contact-shape.js";

/**
 * How many contacts were met, however often each was. By their ids and by their
 * addresses, which are unique at Brevo: somebody in the place of somebody else
 * has the number of the one and the address of the other.
 */
export class ContactTally {
  /** Another one each time: should two addresses fall together, they do not next time. */
  readonly #salt = randomBytes(16).toString("hex");
  readonly #ids: BigUint64Array[] = [];
  readonly #addresses: BigUint64Array[] = [];

  add(contacts: readonly StoredContact[]): void {
    this.#ids.push(BigUint64Array.from(contacts, ({ id }) => BigInt(id)));
    this.#addresses.push(BigUint64Array.from(contacts, (contact) => this.#hash(contact)));
  }

  distinct(): number {
    return Math.min(different(this.#ids), different(this.#addresses));
  }

  #hash({ id, email }: StoredContact): bigint {
    const told = typeof email === "string" ? email.toLowerCase() : String(id);
    return BigInt(`0x${hash("sha1", this.#salt + told, "hex").slice(0, 16)}`);
  }
}

/** How many different numbers there are. */
function different(pages: readonly BigUint64Array[]): number {
  const all = new BigUint64Array(pages.reduce((sum, page) => sum + page.length, 0));
  let at = 0;
  for (const page of pages) {
    all.set(page, at);
    at += page.length;
  }
  all.sort();
  let twice = 0;
  for (let index = 1; index < all.length; index++) if (all[index] === all[index - 1]) twice++;
  return all.length - twice;
}
