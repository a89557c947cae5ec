import type { Shipment } from "../../reconcile/changes/change-set.js";
import { literal } from "../../plugin/relation.js";
import type { AccountJob } from "./job.js";

/** Records of rows of a removal, who were off the list before it, that somebody else took them off, unless it may have been us. */
export async function recordOffBefore(
  { engine, outcomes, wereOnList }: AccountJob,
  { exportName, changeSet }: Shipment,
  rows: readonly number[],
): Promise<void> {
  if (rows.length === 0) return;
  const name = literal(exportName);
  await engine.run(
    `INSERT INTO ${outcomes.rows} SELECT ${name}, file_row_number, 'gone', 'drift'
     FROM read_parquet(${literal(changeSet)}, file_row_number = true)
     WHERE file_row_number IN (${rows.join(", ")}) AND key IN (SELECT key FROM ${wereOnList} WHERE export = ${name})`,
  );
}
