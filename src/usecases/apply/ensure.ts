import type { ListInfo } from "../../plugin/destination.js";
import type { PreparedExport } from "../prepare/prepared.js";

/** The export's list, created when it is named, allowed to be created and not there. */
export async function ensureList(
  { list, wanted, open }: PreparedExport,
  signal: AbortSignal,
): Promise<ListInfo> {
  if (list !== undefined) return list;
  if (!("name" in wanted.list)) throw new TypeError("a list given by id is never created");
  return open.destination.createList({ name: wanted.list.name, folder: wanted.list.folder }, signal);
}

/** Creates the fields that the plan said would be created. */
export async function ensureFields({ bindings, open }: PreparedExport, signal: AbortSignal): Promise<void> {
  for (const binding of bindings) if (binding.create) await open.destination.createField(binding, signal);
}
