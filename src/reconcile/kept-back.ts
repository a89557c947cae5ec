import type { Engine } from "../engine/engine.js";
import { GONE, type HoldReason } from "../model/plan/change.js";
import { literal } from "../plugin/relation.js";
import type { DesiredTables } from "./desired/desired.js";
import { actionInSql, KEPT_BACK, LEAVING } from "./action.js";

/**
 * SELECT `key`, `reason` (`HoldReason`) of those who are desired and not
 * delivered because of what the comparison found; `changes`: see `classifySql`.
 * Desired and yet removed is only who opted out with another address.
 */
export function keptBackSql(changes: string): string {
  return `SELECT key, CASE WHEN ${actionInSql(LEAVING)} THEN 'address changed after opt-out'
      WHEN ${actionInSql(["gone"])} THEN ${literal(GONE)} ELSE action END AS reason
    FROM ${changes} WHERE profile IS NOT NULL AND ${actionInSql(KEPT_BACK)}`;
}

/** How many they are, by reason. */
export async function countKeptBack(
  engine: Engine,
  changes: string,
): Promise<ReadonlyMap<HoldReason, number>> {
  const rows = await engine.rows<{ reason: HoldReason; people: number }>(
    `SELECT reason, count(*) AS people FROM (${keptBackSql(changes)}) GROUP BY reason`,
  );
  return new Map(rows.map(({ reason, people }) => [reason, people]));
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
