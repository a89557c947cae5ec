import { expect, it } from "vitest";
import { explainFailedJob } from "../../../../src/apply/send/failed-job.js";
import type { Shipment } from "../../../../src/reconcile/change-set/shipments.js";
import { Failure } from "../../../../src/model/failure.js";
import type { Destination, FoundContacts } from "../../../../src/plugin/destination.js";
import { sharedEngine } from "../../../support/engine.js";

const shared = sharedEngine();
const rows = "(VALUES ('ann@example.com'), ('bob@example.com')) AS t(key) WHERE true";
const FOUND = { sql: "SELECT 'ann@example.com' AS email" } as FoundContacts;

async function messageOf(
  lookup: () => Promise<FoundContacts>,
): Promise<{ message: string; noted: FoundContacts[] }> {
  const noted: FoundContacts[] = [];
  const destination = { contactCount: () => Promise.resolve(9), lookup } as unknown as Destination;
  const { message } = await explainFailedJob(
    {
      engine: shared().engine,
      contract: 10,
      capabilities: { lookupUpTo: 300 } as never,
      everybody: undefined,
      destinations: new Map([["weekly", destination]]),
      noteOptOuts: (found) => Promise.resolve(void noted.push(found)),
      signal: new AbortController().signal,
    },
    { exportName: "weekly", operation: "add", listId: "1" } as Shipment,
    { reason: undefined, rows },
  );
  return { message, noted };
}

it("the search for the cause of a failed job counts whom it looks up, and notes who opted out", async () => {
  const { message, noted } = await messageOf(() => Promise.resolve(FOUND));
  expect(message).toMatch(/stores 9 of the 10 contacts of its contract$/u);
  expect(noted).toEqual([FOUND]);
});

it("the cause of a failed job is given although nobody can be looked up", async () => {
  const { message } = await messageOf(() => Promise.reject(new Failure("transient", "no answer")));
  expect(message).toMatch(/^the destination's job failed.*perhaps too many for 2 people/u);
});
