import type { Engine } from "../../engine/engine.js";
import { literal } from "../../plugin/relation.js";
import { actionInSql } from "../action.js";

/** `optOuts` in what follows: see `KnownOptOuts.table`. */

/** How many people are held back only by a place that is none of these, by place. */
export function countInOtherPlaces(
  engine: Engine,
  optOuts: string,
  places: readonly string[],
): Promise<{ reason: string; people: number }[]> {
  return engine.rows(
    `SELECT reason, count(DISTINCT key) AS people FROM ${optOuts}
     ANTI JOIN (SELECT key FROM ${optOuts} WHERE list_id IS NULL AND reason IN (${places.map(literal).join(", ")})) AS named USING (key)
     WHERE list_id IS NULL GROUP BY reason ORDER BY reason`,
  );
}

/** How many of those who are to be added unsubscribed from another list than these; `changes`: see `classifySql`. */
export function countUnsubscribedElsewhere(
  engine: Engine,
  optOuts: string,
  changes: string,
  lists: readonly string[],
): Promise<number> {
  const elsewhere = lists.length === 0 ? "" : ` AND list_id NOT IN (${lists.map(literal).join(", ")})`;
  return engine.count(
    `SELECT count(*) FROM ${changes} WHERE ${actionInSql(["add"])}
       AND key IN (SELECT key FROM ${optOuts} WHERE list_id IS NOT NULL${elsewhere})`,
  );
}
