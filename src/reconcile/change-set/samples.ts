import { changesSql, type ChangeSetFile } from "./change-set.js";
import { actionInSql, SENT } from "../action.js";
import type { Cause, HoldReason, Operation } from "../../model/plan/change.js";
import type { Sample } from "../../model/plan/plan.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { DesiredTables } from "../desired/desired.js";
import type { Engine } from "../../engine/engine.js";

export interface SampleOptions {
  readonly each: number;
  /** SQL of an address as it is shown. */
  readonly address: string;
}

/** A few changes of each operation as examples, in the order of a hash so that nobody in particular is picked. */
export async function sampleChanges(
  engine: Engine,
  file: ChangeSetFile,
  program: ExportProgram,
  { each, address }: SampleOptions,
): Promise<Sample[]> {
  const rows = await engine.rows<{ operation: Operation; cause: Cause; address: string; changed: string }>(
    `SELECT action AS operation, cause, ${address} AS address,
       coalesce(array_to_string(list_filter(range(len(fields)), i -> fields[i + 1] IS DISTINCT FROM old_fields[i + 1]), ','), '') AS changed
     FROM ${changesSql(file)} WHERE ${actionInSql(SENT)}
     QUALIFY row_number() OVER (PARTITION BY action ORDER BY hash(key)) <= ${each} ORDER BY action, hash(key)`,
  );
  return rows.map(({ operation, cause, address, changed }) => ({
    operation,
    cause,
    reason: undefined,
    address,
    fields: operation === "update" ? changedNames(changed, program) : [],
  }));
}

function changedNames(changed: string, program: ExportProgram): string[] {
  if (changed === "") return [];
  return changed.split(",").flatMap((index) => program.attributes[Number(index)]?.name ?? []);
}

/** A few people who are held back. */
export async function sampleHeld(
  engine: Engine,
  { profiles, held }: DesiredTables,
  { each, address }: SampleOptions,
): Promise<Sample[]> {
  const rows = await engine.rows<{ reason: HoldReason; address: string }>(
    `SELECT reason, ${address} AS address FROM (
       SELECT DISTINCT h.key, h.reason FROM ${held} AS h SEMI JOIN (SELECT key FROM ${profiles} WHERE ok) AS p ON p.key = h.key
     ) QUALIFY row_number() OVER (PARTITION BY reason ORDER BY hash(key)) <= ${each} ORDER BY reason, hash(key)`,
  );
  return rows.map(({ reason, address }) => ({
    operation: "held back",
    cause: undefined,
    reason,
    address,
    fields: [],
  }));
}
