import {
  address,
  amount,
  anyObject,
  listOf,
  maybe,
  number,
  object,
  truth,
  type Of,
  type Shape,
} from "../../../platform/http/shape.js";

const MEMBERS = object({
  id: number,
  email: maybe(address),
  emailBlacklisted: truth,
  listIds: listOf(number),
  // Null, an empty list and nothing at all occur in recorded answers, and mean nobody's unsubscribing.
  listUnsubscribed: maybe(listOf(number)),
  attributes: anyObject,
});

/** A contact as `GET /contacts/{email}` and lists of contacts answer it. */
export type StoredContact = Of<typeof MEMBERS>;

/** What may take the place of an address. Source: Brevo's help on importing contacts. */
const IDENTIFIERS = ["SMS", "EXT_ID", "WHATSAPP", "LANDLINE_NUMBER"];

/** A contact as all routes answer it. One without an address has something else that identifies it. */
export const CONTACT: Shape<StoredContact> = (value) => {
  const wrong = MEMBERS(value);
  if (wrong !== undefined) return wrong;
  const { email, attributes } = value as StoredContact;
  const identified = typeof email === "string" || IDENTIFIERS.some((name) => isFilled(attributes[name]));
  return identified
    ? undefined
    : { path: "email", trouble: "is missing, and nothing else identifies the contact" };
};

export const CONTACTS_PAGE = object({ contacts: listOf(CONTACT), count: amount });

/** A cleared multiple choice is an empty list. */
export function isFilled(value: unknown): boolean {
  const empty = value === undefined || value === null || value === "";
  return !empty && !(Array.isArray(value) && value.length === 0);
}
