import type { Cause, HoldReason, Operation } from "../../model/change.js";
import type { Sample } from "../../model/plan.js";
import type { ExportProgram } from "../../model/program.js";
import { literal } from "../../plugin/relation.js";
import type { DesiredTables } from "../desired/desired.js";
import type { Engine } from "../../engine/engine.js";

export interface ActionCount {
  readonly action: string;
  readonly cause: Cause;
  readonly withdrawn: boolean;
  /** Null treatment and the like; see `Codec.group`. */
  readonly group: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of these, people who were on the list already at the first run. */
  readonly found: number;
  /** Of these, members whom no export claims. */
  readonly strangers: number;
}

/** How many rows of a payload file there are of each kind. */
export async function countActions(engine: Engine, payloads: string): Promise<ActionCount[]> {
  return engine.rows<ActionCount>(
    `SELECT action, cause, withdrawn, grp AS "group", count(*) AS rows, coalesce(sum(strlen(payload)), 0)::DOUBLE AS bytes,
       count(*) FILTER (origin IN ('found', 'adopted') AND status IS NULL) AS found,
       count(*) FILTER (status = 'stranger' AND NOT withdrawn) AS strangers
     FROM read_parquet(${literal(payloads)}) GROUP BY ALL ORDER BY ALL`,
  );
}

/** People held back by consent, suppression or opt-out, without the invalid ones. */
export async function countHeld(
  engine: Engine,
  { profiles, held }: DesiredTables,
): Promise<Map<HoldReason, number>> {
  const rows = await engine.rows<{ reason: HoldReason; n: number }>(
    `SELECT h.reason, count(DISTINCT h.key) AS n FROM ${held} AS h SEMI JOIN (SELECT key FROM ${profiles} WHERE ok) AS p ON p.key = h.key GROUP BY h.reason`,
  );
  return new Map(rows.map(({ reason, n }) => [reason, n]));
}

export interface SampleOptions {
  readonly each: number;
  /** SQL of an address as it is shown. */
  readonly address: string;
}

/** A few changes of each operation as examples, in the order of a hash so that they are no particular people. */
export async function sampleChanges(
  engine: Engine,
  payloads: string,
  program: ExportProgram,
  { each, address }: SampleOptions,
): Promise<Sample[]> {
  const rows = await engine.rows<{ operation: Operation; cause: Cause; address: string; changed: string }>(
    `SELECT action AS operation, cause, ${address} AS address,
       coalesce(array_to_string(list_filter(range(len(fields)), i -> fields[i + 1] IS DISTINCT FROM old_fields[i + 1]), ','), '') AS changed
     FROM read_parquet(${literal(payloads)}) WHERE action IN ('add', 'update', 'remove')
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

/**
 * SELECT `key` of the members recorded of an export whose profiles say nothing of
 * consent by now that can be read, although they had consented. An explicit no is one.
 */
export function silentMembers(
  { profiles }: Pick<DesiredTables, "profiles">,
  claims: string,
  exportName: string,
): string {
  return `SELECT key FROM (
       SELECT key FROM ${profiles} WHERE ok GROUP BY key
       HAVING bool_or(answer IN ('missing', 'other')) AND NOT bool_or(answer = 'no')
     ) SEMI JOIN (SELECT key FROM ${claims} WHERE export = ${literal(exportName)} AND status IN ('member', 'unknown')) AS c USING (key)`;
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
