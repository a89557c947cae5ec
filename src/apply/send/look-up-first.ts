import { batchRowsSql, type Batch, type Shipment } from "../../reconcile/change-set/shipments.js";
import { mayBeContactsSql } from "../../reconcile/change-set/may-be-contacts.js";
import { maxLookedUp, tooManyToLookUpText } from "../../plan/looked-up-first.js";
import { destinationOf, type AccountJob } from "./job.js";

/**
 * Looks people up before anything of them is sent, so that an opt-out which
 * only the contact itself shows holds them back: everybody while they are few,
 * and of more who are added those who may be contacts already, because nobody
 * else can have said no.
 */
export async function lookUpFirst(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  dropped: readonly number[],
): Promise<void> {
  const { lookupTellsOptOuts, lookupUpTo } = job.capabilities;
  if (!lookupTellsOptOuts) return;
  const rows = `SELECT key FROM ${batchRowsSql(shipment, batch, dropped)}`;
  if (batch.rows <= lookupUpTo) return lookUp(job, shipment, rows);
  if (shipment.operation !== "add") return;
  const candidates = mayBeContactsSql(rows, job.everybody);
  const people = await job.engine.count(`SELECT count(*) FROM (${candidates})`);
  if (people <= maxLookedUp(job.capabilities)) return lookUp(job, shipment, candidates);
  const message = tooManyToLookUpText(people, job.everybody !== undefined);
  job.emit({ type: "warning", export: shipment.exportName, message });
}

async function lookUp(job: AccountJob, shipment: Shipment, people: string): Promise<void> {
  const rows = await job.engine.rows<{ key: string }>(people);
  if (rows.length === 0) return;
  const addresses = rows.map(({ key }) => key);
  await job.noteOptOuts(await destinationOf(job, shipment).lookup(shipment.listId, addresses, job.signal));
}
