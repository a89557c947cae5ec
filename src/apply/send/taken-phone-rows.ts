import { batchRowsSql, type Batch, type Shipment } from "../../reconcile/change-set/shipments.js";
import { recordRows } from "../../reconcile/change-set/outcomes.js";
import { takenPhonesSql } from "../../reconcile/change-set/taken-phones.js";
import { counted } from "../../model/words/counted.js";
import type { AccountJob } from "./job.js";

/**
 * Rows of a batch whose number another contact has got since they were built.
 * Asked right before the request, because sending it would make one contact of
 * the two and delete the other, with any opt-out. What is sent cannot be changed
 * by now, so that these people wait for the next run, which leaves the number out.
 */
export async function findTakenPhoneRows(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  dropped: readonly number[],
): Promise<number[]> {
  const number = job.codecs.get(shipment.exportName)?.recognisedBy;
  if (number === undefined) return [];
  const { phones } = await job.optOutsNow();
  if (phones === undefined) throw new TypeError(`nobody knows whose the numbers of ${job.accountKey} are`);
  const rows = await job.engine.rows<{ row: number }>(
    takenPhonesSql(batchRowsSql(shipment, batch, dropped), number, phones),
  );
  if (rows.length === 0) return [];
  const reason = "number belongs to another contact";
  await recordRows(
    job.engine,
    job.outcomes,
    shipment.exportName,
    rows.map(({ row }) => ({ row, reason })),
    "not sent",
  );
  job.emit({
    type: "warning",
    export: shipment.exportName,
    message: `${counted(rows.length, "number belongs to another contact", "numbers belong to other contacts")} since this run began to send: whoever was to get it there waits for the next run, which leaves the number out.`,
  });
  return rows.map(({ row }) => row);
}
