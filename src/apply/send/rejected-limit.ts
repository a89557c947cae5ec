import type { Shipment } from "../../reconcile/change-set/shipments.js";
import { countRejected } from "../../reconcile/change-set/fold.js";
import type { AccountJob } from "./job.js";

/** Throws once more of those who are delivered were rejected than may be: what is wrong with them may be wrong with all the rest. */
export async function mustNotPassLimit(
  { engine, outcomes, rejectedLimits }: Pick<AccountJob, "engine" | "outcomes" | "rejectedLimits">,
  { exportName, stage, changeSet }: Pick<Shipment, "exportName" | "stage" | "changeSet">,
): Promise<void> {
  const limit = rejectedLimits.get(exportName);
  if (limit === undefined || stage !== "deliver") return;
  const rejected = await countRejected(engine, outcomes, { exportName, path: changeSet });
  if (rejected > limit.most) throw limit.failure(rejected);
}
