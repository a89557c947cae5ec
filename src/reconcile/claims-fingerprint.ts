import { literal } from "../plugin/relation.js";
import type { Engine } from "../engine/engine.js";

/**
 * A text that is equal as long as an export's claims, and everybody's on its
 * list, are as they were. Comparable within one version of the engine only.
 */
export async function fingerprintClaims(
  engine: Engine,
  claims: string,
  exportName: string,
  listId: string | undefined,
): Promise<string> {
  const list = listId === undefined ? "false" : `list_id = ${literal(listId)}`;
  const { text } = await engine.row<{ text: string }>(
    `SELECT concat(count(*), ':', coalesce(sum(CAST(hash(export, list_id, key, status, reason, origin, input_hash, delivered_hash, attempted_hash) AS HUGEINT)), 0)) AS text
     FROM ${claims} WHERE export = ${literal(exportName)} OR ${list}`,
  );
  return text;
}
