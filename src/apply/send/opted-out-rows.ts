import { findOptedOutRows } from "../../reconcile/change-set/opted-out-rows.js";
import { batchRowsSql, type Batch, type Shipment } from "../../reconcile/change-set/shipments.js";
import { onListsSql } from "../../reconcile/desired/desired.js";
import { recordRows } from "../../reconcile/change-set/outcomes.js";
import type { AccountJob } from "./job.js";

/** SQL: whether an opt-out is from everything, or from a list that counts for these people. */
export function countsHereSql(
  { formerLists }: Pick<AccountJob, "formerLists">,
  { listId, exportName }: Shipment,
): string {
  return onListsSql([listId, ...(formerLists.get(exportName) ?? [])]);
}

/**
 * Rows of a batch whose people opted out since they were planned. Asked right
 * before the request, because adding somebody may undo an opt-out at the vendor.
 */
export async function readOptedOutRows(
  job: AccountJob,
  shipment: Shipment,
  batch: Batch,
  dropped: readonly number[],
): Promise<number[]> {
  const rows = await findOptedOutRows(
    job.engine,
    batchRowsSql(shipment, batch, dropped),
    await job.optOutsNow(),
    countsHereSql(job, shipment),
  );
  if (rows.length === 0) return [];
  await recordRows(
    job.engine,
    job.outcomes,
    shipment.exportName,
    rows.map((row) => ({ row, reason: "opted out" })),
    "opted out",
  );
  const people = rows.length === 1 ? "One person" : `${rows.length.toLocaleString("en-US")} people`;
  job.emit({
    type: "warning",
    export: shipment.exportName,
    message: `${people} opted out since the plan was made: held back.`,
  });
  return rows;
}
