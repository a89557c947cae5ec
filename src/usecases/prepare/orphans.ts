import type { Check } from "../../model/plan.js";
import { literal } from "../../plugin/relation.js";
import type { EvaluatedExport } from "./prepared.js";
import type { Session } from "./session.js";

/**
 * Nobody is taken off a list for an export of which the config says nothing,
 * not even who is suppressed by now; but that is said.
 */
export async function suppressedOrphans(
  { engine }: Session,
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
    hint: `Write \`removed: [{export: ${JSON.stringify(name)}, members: remove}]\`, or put the export back.`,
  }));
}
