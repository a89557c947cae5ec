import { batchRows, type Batch, type Shipment } from "../engine/change-set.js";
import { destinationOf, type AccountJob } from "./job.js";

/**
 * Looks people up before anything of them is sent, while they are few, so that
 * an opt-out which only the contact itself shows holds them back.
 */
export async function lookUpFirst(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  dropped: readonly number[],
): Promise<void> {
  const { lookupTellsOptOuts, lookupUpTo } = job.capabilities;
  if (!lookupTellsOptOuts || batch.rows > lookupUpTo) return;
  const rows = await job.engine.rows<{ key: string }>(
    `SELECT key FROM ${batchRows(shipment, batch, dropped)}`,
  );
  const addresses = rows.map(({ key }) => key);
  await job.noteOptOuts(await destinationOf(job, shipment).lookup(shipment.listId, addresses, job.signal));
}
