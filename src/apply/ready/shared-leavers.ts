import { countActions } from "../../reconcile/changes/measure.js";
import { literal } from "../../plugin/relation.js";
import type { EvaluatedExport, PreparedExport } from "../../planner/prepared.js";
import { rewritePayloads } from "../../planner/rewrite-payloads.js";
import type { Session } from "../../run/run.js";

/**
 * Keeps a claim on a shared list where letting go of it counted on what an
 * export does that is not sent after all: that one would have taken the person
 * over, or let go as well. Nothing is concluded; the next run decides anew.
 * Withdrawals wait for nobody.
 */
export async function keepSharedLeavers(
  { engine }: Session,
  prepared: PreparedExport,
  notSent: readonly EvaluatedExport[],
): Promise<PreparedExport> {
  const { list, payloads } = prepared;
  const partners = notSent.filter((other) => list !== undefined && other.list?.id === list.id);
  if (partners.length === 0) return prepared;
  const theirs = partners
    .map(({ changes }) => `SELECT key FROM ${changes} WHERE action NOT IN ('none', 'rejected', 'gone')`)
    .join(" UNION ALL ");
  await rewritePayloads(
    engine,
    payloads,
    `SELECT p.* REPLACE (CASE WHEN (action = 'release' OR action = 'remove' AND NOT withdrawn)
       AND key IN (${theirs}) THEN 'waiting' ELSE action END AS action)
     FROM read_parquet(${literal(payloads)}) AS p`,
  );
  return { ...prepared, actions: await countActions(engine, payloads) };
}
