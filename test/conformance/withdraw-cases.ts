import { expect } from "vitest";
import type { Contact, Destination } from "../../src/plugin/destination.js";
import { rowsOf } from "../support/sql.js";
import { bindings, deliver, matching, signal, type Person } from "./delivery.js";
import type { ConformanceCase, Harness } from "./harness.js";

const ANNA = "anna@example.com";
const BOB = "bob@example.com";
const NOBODY = "nobody@example.com";

const person = (harness: Harness, key: string): Person => ({
  key,
  values: harness.attributes.map(({ before }) => before),
});

/** Anna and Bob on two lists, with every attribute. */
async function twoLists(harness: Harness, destination: Destination): Promise<readonly [string, string]> {
  const lists = [await harness.addList("Customers"), await harness.addList("Other")] as const;
  for (const list of lists)
    await deliver(harness, destination, "add", list, [person(harness, ANNA), person(harness, BOB)]);
  return lists;
}

async function contact(destination: Destination, email: string): Promise<Contact | undefined> {
  const [found, ...more] = await destination.contacts([email], signal);
  expect(more).toEqual([]);
  return found;
}

async function fieldIds(harness: Harness, destination: Destination): Promise<string[]> {
  return (await bindings(harness, destination)).map(({ field }) => field.id);
}

export const WITHDRAW_CASES: readonly ConformanceCase[] = [
  {
    name: "a contact is found with all its lists and filled fields",
    async run(harness) {
      const destination = harness.open();
      const lists = await twoLists(harness, destination);
      const found = await destination.contacts([NOBODY, ANNA, BOB], signal);
      expect(found.map(({ email }) => email).sort()).toEqual([ANNA, BOB]);
      for (const one of found) {
        expect([...one.lists].sort()).toEqual([...lists].sort());
        expect(one.filled).toEqual(expect.arrayContaining(await fieldIds(harness, destination)));
      }
      expect(await destination.contacts([], signal)).toEqual([]);
      expect(await destination.contacts([NOBODY], signal)).toEqual([]);
    },
  },
  {
    name: "a withdrawal takes people off every list and clears the fields named, and no others",
    async run(harness) {
      const destination = harness.open();
      const lists = await twoLists(harness, destination);
      const ids = await fieldIds(harness, destination);
      const [kept, ...cleared] = ids;
      const anna = await contact(destination, ANNA);
      await destination.withdraw([anna!], cleared, signal);
      await harness.settle();
      const after = await contact(destination, ANNA);
      for (const list of lists) {
        expect(await harness.emailsOn(list)).toEqual([BOB]);
        expect(await matching(harness, destination, list, [person(harness, BOB)])).toEqual({ [BOB]: true });
      }
      // Where a contact is its rows, nothing is left of it.
      if (harness.remote === undefined) return expect(after).toBeUndefined();
      const left = ids.filter((id, index) => id === kept || harness.attributes[index]?.stays === true);
      expect(after).toMatchObject({ lists: [], filled: left });
      // Again, with what was known before.
      await destination.withdraw([anna!], cleared, signal);
      await harness.settle();
      expect(await contact(destination, ANNA)).toEqual(after);
    },
  },
  {
    name: "a withdrawal leaves opt-outs as they are",
    only: "remote",
    async run(harness) {
      const destination = harness.open();
      const lists = await twoLists(harness, destination);
      await harness.remote!.optOut(ANNA);
      const anna = await contact(destination, ANNA);
      expect(anna?.blocklisted).not.toBe(false);
      await destination.withdraw([anna!], await fieldIds(harness, destination), signal);
      await harness.settle();
      expect((await contact(destination, ANNA))?.blocklisted).toBe(anna?.blocklisted);
      const { optedOut } = await destination.optOuts({ since: undefined, lists }, signal);
      expect((await rowsOf(optedOut)).map(({ email }) => email)).toContain(ANNA);
    },
  },
  {
    name: "a deletion takes the contact away and nobody else",
    async run(harness) {
      harness.remote?.allowDeletions();
      const destination = harness.open();
      const lists = await twoLists(harness, destination);
      const anna = await contact(destination, ANNA);
      await destination.deleteContacts([anna!], signal);
      await harness.settle();
      expect(await contact(destination, ANNA)).toBeUndefined();
      expect(await contact(destination, BOB)).toBeDefined();
      for (const list of lists) expect(await harness.emailsOn(list)).toEqual([BOB]);
      await destination.deleteContacts([anna!], signal);
      await harness.settle();
      expect(await contact(destination, BOB)).toBeDefined();
    },
  },
];
