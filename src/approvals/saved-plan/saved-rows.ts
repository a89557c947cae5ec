import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../model/failure.js";
import type { PlanRows } from "../../model/plan/plan-file.js";
import type { StateStore } from "../../state/store.js";
import type { Run } from "../../run/run.js";

/** The blobs of a saved plan. They say which plan they belong to, and under a key nobody else can have written them. */
export interface SavedRows {
  readonly formatVersion: 1;
  /** `digestWithoutRows` of the plan file. */
  readonly plan: string;
  readonly exports: readonly SavedExport[];
  readonly accounts: readonly SavedAccount[];
}

export interface SavedExport {
  readonly name: string;
  /** What is sent: see `changeSetSql`. */
  readonly payloads: PlanRows;
  /** See `classifySql`. */
  readonly changes: PlanRows;
  /** The profiles of addresses that are added or updated, also those that another one wins over: see `profilesSql`. */
  readonly profiles: PlanRows;
  /** What of `CompiledExport.formerIds` is to be kept; absent in older plans. */
  readonly formerIds?: readonly string[];
}

export interface SavedAccount {
  readonly key: string;
  /** `key`, `person`: addresses that the plan found to be of people who opted out. */
  readonly addresses: PlanRows;
  /** `phone`: numbers that more than one contact has. */
  readonly sharedPhones: PlanRows | null;
}

/** Reads what a plan file points at. Throws `Failure("stale")` when it is gone, or is not of this plan. */
export async function readSavedRows(
  { state, scratch, signal }: Pick<Run, "state" | "scratch" | "signal">,
  ref: PlanRows,
  plan: string,
): Promise<SavedRows> {
  const path = join(scratch, "saved-plan.json");
  try {
    await state.fetchBlob(ref, path, signal);
    const rows = JSON.parse(await readFile(path, "utf8")) as SavedRows;
    if (rows.plan === plan) return rows;
  } catch (error) {
    throw error instanceof Failure ? explainMissingRows(error, state) : error;
  } finally {
    await rm(path, { force: true });
  }
  throw new Failure("stale", "The plan file was changed, or its rows belong to another plan.", {
    hint: "Plan again; nothing was changed.",
  });
}

/**
 * Blobs of plans go after `state.retention.history`, and at once when somebody in
 * them is forgotten. A state that holds nothing at all is another one than the
 * plan was saved in, such as that of a machine which only got the file.
 */
export function explainMissingRows(error: Failure, { stored, backend }: StateStore): Failure {
  if (error.kind !== "not-found") return error;
  const [message, hint] = stored
    ? [
        "The rows of this plan are not in the state any more.",
        "They go with the retention of state, with a new key, and when somebody in them is forgotten. They are missing as well where the state is an older one than the plan was saved in. Plan again.",
      ]
    : [
        `The rows of this plan are not in the state in ${backend.label}, which is empty: only the plan file has come along.`,
        "A plan is applied with the state that it was saved in. Bring that along, or share it in a store (`state:`). Otherwise plan again here.",
      ];
  return new Failure("stale", message, { hint, cause: error });
}
