import { EMAIL_BLOCKED, SMS_BLOCKED } from "../store/contacts.js";
import type { BrevoData } from "./account.js";

/**
 * What an import does with two contacts that one row joins: the survivor
 * keeps its own attributes, the other one is deleted for good
 * (help.brevo.com 32331116133522). Lists are carried over; whether the
 * blocklist flag is, is a switch.
 */
export function mergeInto(data: BrevoData, survivor: number, deleted: number): void {
  const { contacts } = data;
  if (!contacts.isLive(deleted)) return;
  for (const listId of contacts.listsOf(deleted)) contacts.join(survivor, listId);
  if (!data.context.switches.brevoMergeLosesBlocklist) {
    for (const flag of [EMAIL_BLOCKED, SMS_BLOCKED])
      if (contacts.has(deleted, flag)) contacts.set(survivor, flag, true);
    for (const listId of data.unsubscribed.get(deleted) ?? []) data.unsubscribe(survivor, listId);
  }
  data.remove(deleted);
}
