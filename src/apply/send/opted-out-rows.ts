import { batchRows, type Batch, type Shipment } from "../../reconcile/change-set/shipments.js";
import { onLists } from "../../reconcile/desired/desired.js";
import { recordRows } from "../../reconcile/change-set/outcomes.js";
import type { AccountJob } from "./job.js";

/** SQL: whether an opt-out is from everything, or from a list that counts for these people. */
export function heededHere(
  { formerLists }: Pick<AccountJob, "formerLists">,
  { listId, exportName }: Shipment,
): string {
  return onLists([listId, ...(formerLists.get(exportName) ?? [])]);
}

/**
 * Rows of a batch whose people opted out since they were planned. Asked right
 * before the request, because adding somebody may undo an opt-out at the vendor.
 */
export async function optedOutRows(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  dropped: readonly number[],
): Promise<number[]> {
  const { optedOut, saidNo } = await job.optOutsNow();
  const here = heededHere(job, shipment);
  // With whatever address: the one that is about to be sent may be new, or another one's as well.
  const theirs =
    saidNo === undefined
      ? ""
      : ` OR person IN (SELECT person FROM ${saidNo.persons} WHERE ${here})
          OR (person IS NOT NULL AND key IN (SELECT key FROM ${saidNo.addresses} WHERE ${here}))`;
  const rows = await job.engine.rows<{ row: number }>(
    `SELECT file_row_number AS row FROM ${batchRows(shipment, batch, dropped)}
     AND (key IN (SELECT key FROM ${optedOut} WHERE ${here})${theirs})`,
  );
  if (rows.length === 0) return [];
  await recordRows(
    job.engine,
    job.outcomes,
    shipment.exportName,
    rows.map(({ row }) => ({ row, reason: "opted out" })),
    "opted out",
  );
  const people = rows.length === 1 ? "One person" : `${rows.length.toLocaleString("en-US")} people`;
  job.emit({
    type: "warning",
    export: shipment.exportName,
    message: `${people} opted out since the plan was made: held back.`,
  });
  return rows.map(({ row }) => row);
}
