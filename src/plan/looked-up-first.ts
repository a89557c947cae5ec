import { formatCount } from "../model/words/counted.js";
import type { Capabilities } from "../plugin/destination.js";

/** So many times `lookupUpTo` are looked up where it may be that only a contact tells: minutes. */
const TIMES = 10;

/** How many people who are added at once are looked up before, at most. */
export function maxLookedUp({ lookupUpTo }: Pick<Capabilities, "lookupUpTo">): number {
  return TIMES * lookupUpTo;
}

/** Of so many who are added, nobody is looked up. `areContacts`: all of them are contacts of the account, as far as is known. */
export function tooManyToLookUpText(people: number, areContacts: boolean): string {
  const who = areContacts
    ? `${formatCount(people)} of the people to be added are contacts of the account already`
    : `${formatCount(people)} people are to be added, and which of them are contacts of the account already is not known`;
  return `${who}: too many to be looked up one by one. Who of them unsubscribed is known from what the account and the list tell of all their contacts.`;
}
