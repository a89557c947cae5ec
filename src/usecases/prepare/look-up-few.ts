import type { Relation } from "../../plugin/relation.js";
import type { CompiledExport } from "./prepared.js";
import type { Session } from "./session.js";

/** People (a SELECT of `key`) as they are at the destination, looked up singly; undefined where that is not agreed, or reading the list is cheaper. */
export async function lookUpFew(
  { engine, signal }: Session,
  { open }: Pick<CompiledExport, "open">,
  listId: string,
  people: string,
): Promise<Relation | undefined> {
  const { destination, connection, plugin } = open;
  const count = await engine.count(`SELECT count(*) FROM (${people})`);
  if (connection.dataPrivacy?.agreed !== true || count > plugin.capabilities.lookupUpTo) return undefined;
  const rows = await engine.rows<{ key: string }>(people);
  const keys = rows.map(({ key }) => key);
  return destination.lookup(listId, keys, signal);
}

/** The same; where they are many, everybody on the list. */
export async function lookUpOrRead(
  session: Session,
  { open }: Pick<CompiledExport, "open">,
  listId: string,
  people: string,
): Promise<Relation> {
  const few = await lookUpFew(session, { open }, listId, people);
  return few ?? open.destination.members(listId, { attributes: false }, session.signal);
}
