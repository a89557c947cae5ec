import { literal, type Relation } from "../../../plugin/relation.js";
import { findWrittenAddresses } from "../../../model/written-address.js";
import { WRITTEN_OTHERWISE } from "../../../model/words/written-otherwise.js";
import { restrainedKeys, type RestraintEntry } from "../../../plugin/restrained.js";
import type { StoredContact } from "./contact-shape.js";

/** Contacts without an address; Brevo once gave those with only a number a made-up one. */
export const PSEUDO = "@mailin-sms.com";

/**
 * Whom contacts restrain, as NDJSON: blocklisted (no list) or unsubscribed from
 * a list, of whatever list, as one that an export starts to use later must not
 * be a blank then. Told from the answer as it was checked, not as the engine
 * reads it.
 */
export function restraintLines(
  contacts: readonly StoredContact[],
  entry: (index: number) => RestraintEntry,
): string {
  let lines = "";
  for (const [index, contact] of contacts.entries()) {
    const { emailBlacklisted, listUnsubscribed } = contact;
    const lists = [...(emailBlacklisted ? [null] : []), ...(listUnsubscribed ?? []).map(String)];
    if (lists.length === 0) continue;
    for (const email of addressesOf(contact, () => entry(index))) {
      const how = contact.email?.toLowerCase() === email ? "" : WRITTEN_OTHERWISE;
      for (const list_id of lists)
        lines += `${JSON.stringify({ email, list_id, reason: `${list_id === null ? "blocklisted" : "unsubscribed"}${how}` })}\n`;
    }
  }
  return lines;
}

/** By its own address and by the attribute of that name: of the latter, what can be read, unless there is nothing else. */
function addressesOf({ email, attributes }: StoredContact, entry: () => RestraintEntry): Set<string> {
  const attribute = attributes["EMAIL"];
  const also = typeof attribute === "string" && attribute.trim() !== "" ? attribute : undefined;
  const own = typeof email === "string" && !email.toLowerCase().endsWith(PSEUDO) ? email : undefined;
  if (own === undefined) return new Set(also === undefined ? [] : restrainedKeys(also, entry));
  const read = also === undefined ? [] : findWrittenAddresses(also);
  return new Set([...restrainedKeys(own, entry), ...(read === "unreadable" ? [] : read)]);
}

/** Any reading that says so counts. */
export function optedOutRelation(files: readonly string[]): Relation {
  const paths = `[${files.map(literal).join(", ")}]`;
  return {
    sql: `select distinct email, list_id, reason from read_json(${paths}, format = 'newline_delimited',
      columns = {email: 'VARCHAR', list_id: 'VARCHAR', reason: 'VARCHAR'})`,
  };
}
