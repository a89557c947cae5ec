import type { Check } from "../model/plan.js";
import { literal } from "../plugin/relation.js";
import { exportsOnListOf, orphanHint } from "../records/orphan-list.js";
import { removalBlock } from "../records/record-blocks.js";
import type { EvaluatedExport } from "./prepared.js";
import type { Session } from "../run/run.js";

/**
 * Whoever is on the list of an export only because one of which the config says nothing put them there is taken
 * off by nobody. Most likely the one is the other with another name.
 */
export async function heldByOrphans(
  { engine, state: { root }, config }: Session,
  orphans: readonly string[],
  claims: string,
): Promise<Check[]> {
  const own = [...config.exports.keys()].map(literal);
  const held = orphans.filter((name) => exportsOnListOf(name, root, config).length > 0).map(literal);
  if (held.length === 0) return [];
  const rows = await engine.rows<{ name: string; list: string; people: number }>(
    `SELECT export AS name, list_id AS list, count(*) AS people FROM ${claims} AS c
     WHERE export IN (${held.join(", ")}) AND status IN ('member', 'unknown', 'left') AND NOT EXISTS
       (SELECT 1 FROM ${claims} AS o WHERE o.key = c.key AND o.list_id = c.list_id AND o.export IN (${own.join(", ")}) AND o.status IN ('member', 'unknown'))
     GROUP BY ALL ORDER BY ALL`,
  );
  return rows.map(({ name, list, people }) => ({
    name: "held-by-orphan",
    status: "warning",
    message: `${people.toLocaleString("en-US")} ${people === 1 ? "person stays" : "people stay"} on list ${list} only for "${name}", which is no longer in the configuration.`,
    hint: orphanHint(name, exportsOnListOf(name, root, config), config),
  }));
}

/**
 * Nobody is taken off a list for an export of which the config says nothing,
 * not even who is suppressed by now; but that is said.
 */
export async function suppressedOrphans(
  { engine, config }: Session,
  orphans: readonly string[],
  exports: readonly EvaluatedExport[],
  claims: string,
): Promise<Check[]> {
  const suppressed = [...new Set(exports.flatMap(({ tables }) => tables.suppressed ?? []))];
  if (orphans.length === 0 || suppressed.length === 0) return [];
  const keys = suppressed.map((table) => `SELECT key FROM ${table}`).join(" UNION ");
  const rows = await engine.rows<{ name: string; people: number }>(
    `SELECT export AS name, count(*) AS people FROM ${claims} SEMI JOIN (${keys}) USING (key)
     WHERE export IN (${orphans.map(literal).join(", ")}) AND status IN ('member', 'unknown', 'left') GROUP BY 1 ORDER BY 1`,
  );
  return rows.map(({ name, people }) => ({
    name: "orphan-suppressed",
    status: "warning",
    message: `${people.toLocaleString("en-US")} suppressed ${people === 1 ? "person stays" : "people stay"} on the list of "${name}", which is no longer in the configuration.`,
    hint: `Write ${removalBlock([name], config, "remove")}, or put the export back.`,
  }));
}
