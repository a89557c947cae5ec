import type { Relation } from "../../plugin/relation.js";

/**
 * Of people (a SELECT of `key` that ends in its WHERE) those who can have
 * unsubscribed, because they are contacts already; everybody, where not all
 * contacts were read.
 */
export function mayBeContactsSql(people: string, contacts: Relation | undefined): string {
  return contacts === undefined
    ? people
    : `${people} AND key IN (SELECT address_key(email) FROM (${contacts.sql}) WHERE email IS NOT NULL)`;
}
