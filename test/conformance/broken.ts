import { describe, expect, it } from "vitest";
import { Failure } from "../../src/model/failure.js";
import type { Destination, WriteBatch } from "../../src/plugin/destination.js";
import { DESTINATION_CASES } from "./destination.js";
import type { Harness } from "./harness.js";

/** A destination that is wrong in one way, and the case that has to notice. */
interface Broken {
  readonly name: string;
  readonly noticedBy: string;
  wrap(destination: Destination): Partial<Destination>;
}

const BROKEN: readonly Broken[] = [
  {
    name: "sends every batch twice",
    noticedBy: "one write is one request",
    wrap: (destination) => ({
      write: async (batch, signal) => {
        await destination.write(batch, signal);
        return destination.write(batch, signal);
      },
    }),
  },
  {
    name: "tries a write again when its reply is lost",
    noticedBy: "a lost reply is an unknown outcome and is not sent again",
    wrap: (destination) => ({
      write: (batch, signal) =>
        destination.write(batch, signal).catch(() => destination.write(batch, signal)),
    }),
  },
  {
    name: "blames everybody for a request that is refused without a name",
    noticedBy: "a request that is refused without a name carries nothing out and says so",
    wrap: (destination) => ({
      write: async (batch, signal) => {
        const result = await destination.write(batch, signal);
        if (result.status !== "refused") return result;
        const rows = Array.from({ length: batch.rows }, (_, index) => ({ index, reason: result.reason }));
        return { status: "refused-rows", rows } as const;
      },
    }),
  },
  {
    name: "swallows writes",
    noticedBy: "what was added is on the list and matches what was sent",
    wrap: () => ({ write: () => Promise.resolve({ status: "done", rejected: [] } as const) }),
  },
  {
    name: "loses attributes on reading",
    noticedBy: "what was added is on the list and matches what was sent",
    wrap: (destination) => ({
      members: async (listId, options, signal) => {
        const { sql } = await destination.members(listId, options, signal);
        return { sql: `SELECT * REPLACE ('{}' AS observed) FROM (${sql})` };
      },
    }),
  },
  {
    name: "calls a list absent when it may not see it",
    noticedBy: "bad credentials are a failure, never an absent list",
    wrap: (destination) => ({
      list: (id, signal) =>
        destination.list(id, signal).catch((error: unknown) => {
          if (error instanceof Failure && error.kind === "auth") return undefined;
          throw error;
        }),
    }),
  },
  {
    name: "reads one page of members",
    noticedBy: "members are read past the first page",
    wrap: (destination) => ({
      members: async (listId, options, signal) => {
        const { sql } = await destination.members(listId, options, signal);
        return { sql: `SELECT * FROM (${sql}) LIMIT 50` };
      },
    }),
  },
  {
    name: "updates as if adding",
    noticedBy: "an update never changes membership",
    wrap: (destination) => ({
      write: (batch, signal) =>
        destination.write(batch.operation === "update" ? asAdd(batch) : batch, signal),
    }),
  },
  {
    name: "finds a contact's first list only",
    noticedBy: "a contact is found with all its lists and filled fields",
    wrap: (destination) => ({
      contacts: async (addresses, signal) =>
        (await destination.contacts(addresses, signal)).map((one) => ({
          ...one,
          lists: one.lists.slice(0, 1),
        })),
    }),
  },
  {
    name: "takes a contact off one of its lists",
    noticedBy: "a withdrawal takes people off every list and clears the fields named, and no others",
    wrap: (destination) => ({
      withdraw: (people, fields, signal) =>
        destination.withdraw(
          people.map((one) => ({ ...one, lists: one.lists.slice(0, 1) })),
          fields,
          signal,
        ),
    }),
  },
  {
    name: "clears every field it finds",
    noticedBy: "a withdrawal takes people off every list and clears the fields named, and no others",
    wrap: (destination) => ({
      withdraw: (people, _, signal) =>
        destination.withdraw(
          people,
          people.flatMap(({ filled }) => filled),
          signal,
        ),
    }),
  },
  {
    name: "withdraws where it should delete",
    noticedBy: "a deletion takes the contact away and nobody else",
    wrap: (destination) => ({
      deleteContacts: (people, signal) =>
        destination.withdraw(
          people,
          people.flatMap(({ filled }) => filled),
          signal,
        ),
    }),
  },
];

/** For SendGrid: an update that names the list. */
function asAdd(batch: WriteBatch): WriteBatch {
  const body = batch.body.replace("{", `{"list_ids":["${batch.listId}"],`);
  return { ...batch, operation: "add", route: "add", body };
}

/** Each broken destination has to fail the case that is about its fault: otherwise the case checks nothing. */
export function brokenSuite(makeHarness: () => Promise<Harness>): void {
  describe("a broken destination is noticed when it", () => {
    for (const { name, noticedBy, wrap } of BROKEN) {
      it(name, async () => {
        const harness = await makeHarness();
        try {
          const open = (key?: string): Destination => {
            const destination = harness.open(key);
            return { ...destination, ...wrap(destination) };
          };
          const about = DESTINATION_CASES.find((one) => one.name === noticedBy)!;
          await expect(about.run({ ...harness, open })).rejects.toThrow();
        } finally {
          await harness.stop();
        }
      });
    }

    it("has a harness that cannot lose replies", async () => {
      const harness = await makeHarness();
      try {
        const remote = { ...harness.remote!, loseNextAdd: undefined as never };
        const about = DESTINATION_CASES.find(({ name }) => name.startsWith("the harness has everything"))!;
        await expect(about.run({ ...harness, remote })).rejects.toThrow();
        await expect(about.run({ ...harness, remote: undefined })).rejects.toThrow();
      } finally {
        await harness.stop();
      }
    });
  });
}
