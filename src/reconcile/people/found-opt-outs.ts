import type { KnownOptOuts } from "./earlier-addresses.js";
import type { Engine } from "../../engine/engine.js";
import type { FoundContacts } from "../../plugin/destination.js";
import { literal } from "../../plugin/relation.js";

/**
 * Counts whom an answer shows to have opted out among the opt-outs, whatever
 * it was asked for: the reads of opt-outs need not show everybody. True when
 * somebody was not known.
 */
export async function addFoundOptOuts(
  engine: Engine,
  { table }: Pick<KnownOptOuts, "table">,
  { optedOut }: FoundContacts,
): Promise<boolean> {
  if (optedOut === undefined) return false;
  const before = await engine.count(`SELECT count(*) FROM ${table}`);
  await engine.run(
    `INSERT INTO ${table} BY NAME
     SELECT *, CAST(${literal(new Date().toISOString())} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS seen_at FROM (
       SELECT DISTINCT address_key(email) AS key, list_id, reason FROM (${optedOut.sql})
     ) AS f WHERE key IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM ${table} AS k WHERE k.key = f.key AND k.list_id IS NOT DISTINCT FROM f.list_id AND k.reason = f.reason)`,
  );
  return (await engine.count(`SELECT count(*) FROM ${table}`)) > before;
}
