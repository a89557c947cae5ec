import { expect } from "vitest";
import { Failure } from "../../src/model/failure.js";
import { rowsOf } from "../support/sql.js";
import { batch, deliver, matching, signal, type Person } from "./delivery.js";
import type { ConformanceCase, Harness } from "./harness.js";

const ANNA = "anna@example.com";
const BOB = "bob@example.com";
const CY = "cy@example.com";

const before = (harness: Harness, key: string): Person => ({
  key,
  values: harness.attributes.map((attribute) => attribute.before),
});
const after = (harness: Harness, key: string): Person => ({
  key,
  values: harness.attributes.map((attribute) => attribute.after),
});

async function idOf(harness: Harness, listId: string, email: string): Promise<string> {
  const found = await rowsOf(await harness.open().lookup(listId, [email], signal));
  return String(found[0]!["contact_id"]);
}

/** Removes by address or id, whichever the route needs. */
async function remove(harness: Harness, listId: string, emails: readonly string[]) {
  const people: Person[] = [];
  for (const key of emails) people.push({ key, contactId: await idOf(harness, listId, key) });
  return deliver(harness, harness.open(), "remove", listId, people);
}

export const WRITE_CASES: readonly ConformanceCase[] = [
  {
    name: "what was added is on the list and matches what was sent",
    async run(harness) {
      const list = await harness.addList("Customers");
      const people = [before(harness, ANNA), before(harness, BOB), before(harness, CY)];
      const delivery = await deliver(harness, harness.open(), "add", list, people);
      expect(delivery.refused).toEqual([]);
      expect(delivery.rejected).toEqual([]);
      expect([...(await harness.emailsOn(list))].sort()).toEqual([ANNA, BOB, CY]);
      expect(await matching(harness, harness.open(), list, people)).toEqual({
        [ANNA]: true,
        [BOB]: true,
        [CY]: true,
      });
    },
  },
  {
    name: "what differs does not match",
    async run(harness) {
      const list = await harness.addList("Customers");
      await deliver(harness, harness.open(), "add", list, [before(harness, ANNA)]);
      expect(await matching(harness, harness.open(), list, [after(harness, ANNA)])).toEqual({
        [ANNA]: false,
      });
    },
  },
  {
    name: "an update changes attributes of members",
    async run(harness) {
      const list = await harness.addList("Customers");
      await deliver(harness, harness.open(), "add", list, [before(harness, ANNA), before(harness, BOB)]);
      await deliver(harness, harness.open(), "update", list, [after(harness, ANNA)]);
      expect(
        await matching(harness, harness.open(), list, [after(harness, ANNA), before(harness, BOB)]),
      ).toEqual({
        [ANNA]: true,
        [BOB]: true,
      });
    },
  },
  {
    name: "an update leaves alone what it does not name",
    async run(harness) {
      const list = await harness.addList("Customers");
      const [first, ...rest] = harness.attributes;
      await deliver(harness, harness.open(), "add", list, [before(harness, ANNA)]);
      const some: Person = { key: ANNA, values: [first!.after, ...rest.map(() => null)] };
      await deliver(harness, harness.open(), "update", list, [some]);
      const expected: Person = {
        key: ANNA,
        values: [first!.after, ...rest.map((attribute) => attribute.before)],
      };
      expect(await matching(harness, harness.open(), list, [expected])).toEqual({ [ANNA]: true });
    },
  },
  {
    name: "an update never changes membership",
    async run(harness) {
      const list = await harness.addList("Customers");
      const other = await harness.addList("Other");
      await deliver(harness, harness.open(), "add", other, [before(harness, ANNA)]);
      await deliver(harness, harness.open(), "update", list, [after(harness, ANNA)]);
      expect(await harness.emailsOn(list)).toEqual([]);
      expect(await harness.emailsOn(other)).toEqual([ANNA]);
    },
  },
  {
    name: "a removal takes people off this list only",
    async run(harness) {
      const list = await harness.addList("Customers");
      const other = await harness.addList("Other");
      await deliver(harness, harness.open(), "add", list, [before(harness, ANNA), before(harness, BOB)]);
      await deliver(harness, harness.open(), "add", other, [before(harness, ANNA)]);
      await remove(harness, list, [ANNA]);
      expect(await harness.emailsOn(list)).toEqual([BOB]);
      expect(await harness.emailsOn(other)).toEqual([ANNA]);
      if (harness.remote !== undefined) expect(await harness.remote.stores(ANNA)).toBe(true);
    },
  },
  {
    name: "strangers on the list survive every write",
    async run(harness) {
      const list = await harness.addList("Customers");
      await harness.addStrangers(list, ["stranger@example.com"]);
      await deliver(harness, harness.open(), "add", list, [before(harness, ANNA), before(harness, BOB)]);
      await deliver(harness, harness.open(), "update", list, [after(harness, ANNA)]);
      await remove(harness, list, [ANNA, BOB]);
      expect(await harness.emailsOn(list)).toEqual(["stranger@example.com"]);
    },
  },
  {
    name: "the same batch twice is as good as once",
    async run(harness) {
      const list = await harness.addList("Customers");
      const people = [before(harness, ANNA), before(harness, BOB)];
      for (let i = 0; i < 2; i++) await deliver(harness, harness.open(), "add", list, people);
      expect([...(await harness.emailsOn(list))].sort()).toEqual([ANNA, BOB]);
      expect(await matching(harness, harness.open(), list, people)).toEqual({ [ANNA]: true, [BOB]: true });
    },
  },
  {
    name: "a refused row does not fail its batch",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      const bad = harness.remote!.refusedAddress;
      const people = [before(harness, ANNA), before(harness, bad), before(harness, BOB)];
      const delivery = await deliver(harness, harness.open(), "add", list, people);
      const named = [...delivery.refused.map(({ index }) => people[index]!.key), ...delivery.rejected];
      expect(named).toEqual([bad]);
      for (const { reason } of delivery.refused) expect(reason).not.toContain(bad.split("@")[0]);
      expect([...(await harness.emailsOn(list))].sort()).toEqual([ANNA, BOB]);
    },
  },
  {
    name: "a request that is refused without a name carries nothing out and says so",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      harness.remote!.refuseUnnamed(BOB);
      const destination = harness.open();
      const people = [before(harness, ANNA), before(harness, BOB)];
      const result = await destination.write(await batch(harness, destination, "add", list, people), signal);
      expect(result).toEqual({ status: "refused", reason: expect.any(String) as string });
      expect(JSON.stringify(result)).not.toContain("@");
      await harness.settle();
      expect(await harness.emailsOn(list)).toEqual([]);
      await deliver(harness, destination, "add", list, [before(harness, ANNA)]);
      expect(await harness.emailsOn(list)).toEqual([ANNA]);
    },
  },
  {
    name: "a 429 is waited out",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      harness.remote!.limitNextAdd();
      await deliver(harness, harness.open(), "add", list, [before(harness, ANNA)]);
      expect(await harness.emailsOn(list)).toEqual([ANNA]);
      expect(harness.remote!.writes()).toBe(2);
    },
  },
  {
    name: "a lost reply is an unknown outcome and is not sent again",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      const destination = harness.open();
      const sending = await batch(harness, destination, "add", list, [before(harness, ANNA)]);
      harness.remote!.loseNextAdd();
      const thrown: unknown = await destination.write(sending, signal).catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(Failure);
      expect((thrown as Failure).kind).toBe("unknown-outcome");
      expect(harness.remote!.writes()).toBe(1);
      await harness.settle();
      expect(await harness.emailsOn(list)).toEqual([ANNA]);
    },
  },
  {
    name: "one write is one request",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      await deliver(harness, harness.open(), "add", list, [before(harness, ANNA), before(harness, BOB)]);
      expect(harness.remote!.writes()).toBe(1);
    },
  },
  {
    name: "a list that is gone is a failure of the write, not a new list",
    async run(harness) {
      const destination = harness.open();
      const outcome = await deliver(harness, destination, "add", harness.absentList, [
        before(harness, ANNA),
      ]).then(
        ({ job }) => job?.state,
        (error: unknown) => (error instanceof Failure ? error.kind : "crash"),
      );
      expect(["not-found", "permanent", "failed"]).toContain(outcome);
      expect(await destination.list(harness.absentList, signal)).toBeUndefined();
    },
  },
];
