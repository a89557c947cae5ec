import { countAmongOrphans, countHeldByOrphans } from "../../reconcile/orphans.js";
import { askCheck } from "../../plan/checks/check.js";
import type { FoundAgain } from "../../plan/checks/registry.js";
import { heldByOrphan } from "../../plan/checks/warnings/held-by-orphan.js";
import { orphanSuppressed } from "../../plan/checks/warnings/orphan-suppressed.js";
import { exportsOnListOf, orphanHint } from "../../records/orphan-list.js";
import { removalBlock } from "../../records/record-blocks.js";
import type { EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/**
 * Whoever is on the list of an export only because one of which the config says nothing put them there is taken
 * off by nobody. Most likely the one is the other with another name.
 */
export async function checkHeldByOrphans(
  { engine, state: { root }, config }: Run,
  orphans: readonly string[],
  claims: string,
): Promise<FoundAgain[]> {
  const held = orphans.filter((name) => exportsOnListOf(name, root, config).length > 0);
  if (held.length === 0) return [];
  const rows = await countHeldByOrphans(engine, claims, held, [...config.exports.keys()]);
  const hintOf = (name: string): string => orphanHint(name, exportsOnListOf(name, root, config), config);
  return askCheck(
    heldByOrphan,
    rows.map((row) => ({ ...row, hint: hintOf(row.name) })),
  );
}

/**
 * Nobody is taken off a list for an export of which the config says nothing,
 * not even who is suppressed by now; but that is said.
 */
export async function checkSuppressedOrphans(
  { engine, config }: Run,
  orphans: readonly string[],
  exports: readonly EvaluatedExport[],
  claims: string,
): Promise<FoundAgain[]> {
  const suppressed = [...new Set(exports.flatMap(({ tables }) => tables.suppressed ?? []))];
  if (orphans.length === 0 || suppressed.length === 0) return [];
  const rows = await countAmongOrphans(engine, claims, orphans, suppressed);
  return askCheck(
    orphanSuppressed,
    rows.map((row) => ({ ...row, block: removalBlock([row.name], config, "remove") })),
  );
}
