import { batchRows, type Batch, type Shipment } from "../engine/change-set.js";
import { count } from "../model/counted.js";
import { destinationOf, type AccountJob } from "./job.js";

/** So many times `lookupUpTo` are looked up where it may be that only a contact tells: minutes, once. */
const AT_MOST = 10;

/**
 * Looks people up before anything of them is sent, so that an opt-out which
 * only the contact itself shows holds them back: everybody while they are few,
 * and of more who are added those who are contacts already, because nobody else
 * can have said no.
 */
export async function lookUpFirst(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  dropped: readonly number[],
): Promise<void> {
  const { lookupTellsOptOuts, lookupUpTo } = job.capabilities;
  if (!lookupTellsOptOuts) return;
  const rows = `SELECT key FROM ${batchRows(shipment, batch, dropped)}`;
  if (batch.rows <= lookupUpTo) return lookUp(job, shipment, rows);
  if (shipment.operation !== "add" || job.everybody === undefined) return;
  const known = `${rows} AND key IN (SELECT address_key(email) FROM (${job.everybody.sql}) WHERE email IS NOT NULL)`;
  const people = await job.engine.count(`SELECT count(*) FROM (${known})`);
  if (people <= AT_MOST * lookupUpTo) return lookUp(job, shipment, known);
  job.emit({
    type: "warning",
    export: shipment.exportName,
    message: `${count(people)} of the people to be added are contacts of the account already, too many to be looked up one by one. Who of them unsubscribed is known from what the account and the list tell of all their contacts.`,
  });
}

async function lookUp(job: AccountJob, shipment: Shipment, people: string): Promise<void> {
  const rows = await job.engine.rows<{ key: string }>(people);
  if (rows.length === 0) return;
  const addresses = rows.map(({ key }) => key);
  await job.noteOptOuts(await destinationOf(job, shipment).lookup(shipment.listId, addresses, job.signal));
}
