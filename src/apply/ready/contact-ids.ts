import { countRowsOf } from "../../reconcile/change-set/change-set.js";
import {
  createWereOnList,
  readRemovedAddresses,
  resolveRemovals,
} from "../../reconcile/change-set/removals.js";
import type { PreparedExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";
import { removalOf } from "./removal.js";

/**
 * Finds the destination's own ids of the people to be removed, where the
 * destination removes by id: by search when they are few, from the list when
 * they are many. Whoever is not on the list needs no request.
 */
export async function resolveContactIds(
  run: Run,
  prepared: PreparedExport,
  claims: string,
): Promise<PreparedExport> {
  const { engine, clock, forgotten, signal, emit } = run;
  const { list, open, changeSet, wanted, codec, prefix } = prepared;
  const leaving = countRowsOf(changeSet, ["remove"]);
  if (leaving === 0 || list === undefined || !codec.route("remove", leaving).needsContactId) return prepared;
  emit({ type: "stage", export: wanted.name, stage: "looking up contact ids" });
  const relation =
    leaving <= open.plugin.capabilities.lookupUpTo
      ? await open.destination.lookup(list.id, await readRemovedAddresses(engine, changeSet), signal)
      : await open.destination.members(list.id, { attributes: false }, signal);
  const ids = `${prefix}_ids`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${ids} AS SELECT address_key(email) AS key, any_value(contact_id) AS contact_id, bool_or(on_list) AS on_list FROM (${relation.sql}) GROUP BY 1`,
  );
  const wereOnList = await createWereOnList(engine, prefix, [removalOf(prepared)], {
    claims,
    clock,
    forgotten,
  });
  const resolved = await resolveRemovals(engine, removalOf(prepared), { ids, wereOnList, claims });
  return { ...prepared, changeSet: resolved };
}
