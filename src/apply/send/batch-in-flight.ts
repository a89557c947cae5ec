import type { AssembledBody, Batch, Shipment } from "../../reconcile/change-set/shipments.js";
import { Failure } from "../../model/failure.js";
import { recordUnknown } from "./announce.js";
import type { AccountJob, Progress } from "./job.js";

/** A batch on its way. */
export interface BatchInFlight {
  readonly job: AccountJob;
  readonly shipment: Shipment;
  readonly batch: Batch;
  readonly progress: Progress;
}

/** The rows that go out together: the whole batch, or those between two row numbers. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
  /** Only a part of the batch, so that what becomes of it does not settle the batch. */
  readonly part: boolean;
  /** Left out: found wrong, opted out, or with a number of somebody else, before. */
  readonly without: readonly number[];
  /** The body with all of them, if it was made already. */
  readonly whole?: AssembledBody;
}

/** Once a request may have gone out, a fault of ours, such as a journal that cannot be written, leaves its outcome unknown. */
export async function orUnknown<T>({ job, shipment, batch }: BatchInFlight, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted")
      await recordUnknown(job, shipment, batch, error.message);
    throw error;
  }
}

export async function writeIntent(
  { job, shipment, batch }: BatchInFlight,
  { part }: RowRange,
): Promise<number> {
  const { exportName, operation, route } = shipment;
  const [intent] = await job.journal.append(
    [
      {
        type: "intent",
        export: exportName,
        operation,
        route: route.name,
        batches: [batch.batch],
        ...(part ? { part } : {}),
      },
    ],
    job.signal,
  );
  return intent ?? 0;
}

type NotedAnswer =
  | { readonly status: "not-sent" | "unknown"; readonly reason: string }
  | {
      readonly status: "done" | "refused-rows";
      readonly refused: readonly { row: number; reason: string }[];
    };

export async function writeAnswer(
  { job, batch }: BatchInFlight,
  of: number,
  result: NotedAnswer,
): Promise<void> {
  await job.journal.append(
    [{ type: "outcome", of, results: [{ batch: batch.batch, ...result }] }],
    job.signal,
  );
}
