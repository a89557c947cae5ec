import type { Check } from "../model/plan.js";
import { countAmongOrphans, countHeldByOrphans } from "../reconcile/orphans.js";
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
  const held = orphans.filter((name) => exportsOnListOf(name, root, config).length > 0);
  if (held.length === 0) return [];
  const rows = await countHeldByOrphans(engine, claims, held, [...config.exports.keys()]);
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
  const rows = await countAmongOrphans(engine, claims, orphans, suppressed);
  return rows.map(({ name, people }) => ({
    name: "orphan-suppressed",
    status: "warning",
    message: `${people.toLocaleString("en-US")} suppressed ${people === 1 ? "person stays" : "people stay"} on the list of "${name}", which is no longer in the configuration.`,
    hint: `Write ${removalBlock([name], config, "remove")}, or put the export back.`,
  }));
}
