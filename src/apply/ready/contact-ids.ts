import { tooRecentSql } from "../../reconcile/lag.js";
import { countActions } from "../../reconcile/changes/measure.js";
import { literal } from "../../plugin/relation.js";
import type { PreparedExport } from "../../planner/prepared.js";
import { rewritePayloads } from "../../planner/rewrite-payloads.js";
import type { Session } from "../../run/run.js";
import { createWereOnList } from "./were-on-list.js";

/**
 * Finds the destination's own ids of the people to be removed, where the
 * destination removes by id: by search when they are few, from the list when
 * they are many. Somebody who is not on the list is `absent` (or `gone`, when it
 * was somebody else who took the person off) and needs no request, unless we wrote about them so recently that the destination may not
 * show it yet: then nothing is concluded and the next run looks again.
 */
export async function resolveContactIds(
  session: Session,
  prepared: PreparedExport,
  claims: string,
): Promise<PreparedExport> {
  const { engine, signal, emit } = session;
  const { list, open, payloads, wanted, codec } = prepared;
  const leaving = prepared.actions
    .filter(({ action }) => action === "remove")
    .reduce((sum, { rows }) => sum + rows, 0);
  if (leaving === 0 || list === undefined || !codec.route("remove", leaving).needsContactId) return prepared;
  emit({ type: "stage", export: wanted.name, stage: "looking up contact ids" });
  const { lookupUpTo, lagSeconds } = open.plugin.capabilities;
  const from = `read_parquet(${literal(payloads)}) WHERE action = 'remove'`;
  const relation =
    leaving <= lookupUpTo
      ? await open.destination.lookup(
          list.id,
          (await engine.rows<{ key: string }>(`SELECT key FROM ${from}`)).map(({ key }) => key),
          signal,
        )
      : await open.destination.members(list.id, { attributes: false }, signal);
  const table = `${prepared.prefix}_ids`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT address_key(email) AS key, any_value(contact_id) AS contact_id, bool_or(on_list) AS on_list FROM (${relation.sql}) GROUP BY 1`,
  );
  const were = await createWereOnList(session, [prepared], claims, prepared.prefix);
  await rewritePayloads(
    engine,
    payloads,
    `SELECT p.* REPLACE (coalesce(i.contact_id, p.contact_id) AS contact_id,
       CASE WHEN p.action <> 'remove' OR i.on_list THEN p.action
            WHEN r.key IS NOT NULL THEN 'unresolved' WHEN w.key IS NOT NULL THEN 'gone' ELSE 'absent' END AS action)
     FROM read_parquet(${literal(payloads)}) AS p
     LEFT JOIN ${table} AS i ON i.key = p.key
     LEFT JOIN ${were} AS w ON w.key = p.key
     LEFT JOIN (SELECT key FROM ${claims} AS c WHERE export = ${literal(wanted.name)} AND ${tooRecentSql("c", new Date(), lagSeconds)}) AS r ON r.key = p.key`,
  );
  return { ...prepared, actions: await countActions(engine, payloads) };
}
