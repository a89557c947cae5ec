import type { Engine } from "../engine/engine.js";
import { literal } from "../plugin/relation.js";
import { ON_LIST, STANDING, statusInSql } from "./claim-status.js";

/**
 * How many people stay on which list only for one of these exports, of which
 * the config says nothing; `own`: the exports of the config.
 */
export function countHeldByOrphans(
  engine: Engine,
  claims: string,
  orphans: readonly string[],
  own: readonly string[],
): Promise<{ name: string; list: string; people: number }[]> {
  return engine.rows(
    `SELECT export AS name, list_id AS list, count(*) AS people FROM ${claims} AS c
     WHERE export IN (${names(orphans)}) AND ${statusInSql(ON_LIST)} AND NOT EXISTS
       (SELECT 1 FROM ${claims} AS o WHERE o.key = c.key AND o.list_id = c.list_id AND o.export IN (${names(own)}) AND ${statusInSql(STANDING, "o")})
     GROUP BY ALL ORDER BY ALL`,
  );
}

/** How many of the people in these tables (`key`) stay on the list of such an export. */
export function countAmongOrphans(
  engine: Engine,
  claims: string,
  orphans: readonly string[],
  tables: readonly string[],
): Promise<{ name: string; people: number }[]> {
  const keys = tables.map((table) => `SELECT key FROM ${table}`).join(" UNION ");
  return engine.rows(
    `SELECT export AS name, count(*) AS people FROM ${claims} SEMI JOIN (${keys}) USING (key)
     WHERE export IN (${names(orphans)}) AND ${statusInSql(ON_LIST)} GROUP BY 1 ORDER BY 1`,
  );
}

function names(exports: readonly string[]): string {
  return exports.map(literal).join(", ");
}
