import type { KnownOptOuts } from "../../reconcile/people/earlier-addresses.js";
import type { FoundContacts } from "../../plugin/destination.js";
import { addFoundOptOuts } from "../../reconcile/people/found-opt-outs.js";
import type { CompiledExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/**
 * People (a SELECT of `key`) as they are at the destination, looked up singly;
 * undefined where that is not agreed, or reading the list is cheaper. Whoever
 * turns out to have opted out is among the opt-outs from here on.
 */
export async function lookUpFew(
  run: Run,
  { open }: Pick<CompiledExport, "open">,
  listId: string,
  people: string,
  optOuts: KnownOptOuts,
): Promise<FoundContacts | undefined> {
  const { engine, signal } = run;
  const { destination, connection, plugin } = open;
  const count = await engine.count(`SELECT count(*) FROM (${people})`);
  if (connection.dataPrivacy?.agreed !== true || count > plugin.capabilities.lookupUpTo) return undefined;
  const rows = await engine.rows<{ key: string }>(people);
  const keys = rows.map(({ key }) => key);
  const found = await destination.lookup(listId, keys, signal);
  await addFoundOptOuts(engine, optOuts, found);
  return found;
}

/** The same; where they are many, everybody on the list. */
export async function lookUpOrRead(
  run: Run,
  compiled: Pick<CompiledExport, "open">,
  listId: string,
  people: string,
  optOuts: KnownOptOuts,
): Promise<FoundContacts> {
  const few = await lookUpFew(run, compiled, listId, people, optOuts);
  if (few !== undefined) return few;
  const found = await compiled.open.destination.members(listId, { attributes: false }, run.signal);
  await addFoundOptOuts(run.engine, optOuts, found);
  return found;
}
