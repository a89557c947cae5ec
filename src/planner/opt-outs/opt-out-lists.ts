import { accountState, type ExportState, type StateRoot } from "../../state/root/root.js";
import type { ListInfo } from "../../plugin/destination.js";
import type { CompiledExport } from "../prepared.js";
import type { Relocation } from "../../records/relocation.js";
import { ownValue } from "../../model/own-value.js";

/** Lists on which a "no" keeps somebody off the list of an export: its own, and those that it came from. */
export function optOutListsOf({ list, formerLists }: Pick<CompiledExport, "list" | "formerLists">): string[] {
  return [...(list === undefined ? [] : [list.id]), ...formerLists];
}

/**
 * Lists that an export came from. Whoever said no there said it to what is sent
 * now to its list; a record made again, as after `state rm`, begins with what the
 * account remembers of that list.
 */
export function formerListsOf(
  root: StateRoot,
  accountKey: string,
  list: ListInfo | undefined,
  {
    applied,
    relocation,
  }: { readonly applied: ExportState | undefined; readonly relocation: Relocation | undefined },
): string[] {
  const remembered = accountState(root, accountKey)?.formerLists ?? {};
  const ofList = list === undefined ? undefined : ownValue(remembered, list.id);
  const known = applied === undefined ? ofList : applied.formerLists;
  const all = [...(known ?? []), ...(relocation === undefined ? [] : [relocation.from.listId])];
  return [...new Set(all)].filter((id) => id !== list?.id);
}
