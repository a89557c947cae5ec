import type { ExportState } from "../state/root/root.js";
import { recordedIdsOf } from "./recorded-ids.js";

/** The record of an export into which another one of the same list goes: what holds for one holds for both. */
export function uniteRecord(into: ExportState, name: string, known: ExportState): ExportState {
  const formerIds = both(into.formerIds, recordedIdsOf(known));
  const formerLists = both(into.formerLists, known.formerLists);
  return {
    ...into,
    formerNames: both(into.formerNames, [...(known.formerNames ?? []), name]),
    ...(formerLists.length > 0 ? { formerLists } : {}),
    ...(formerIds.length > 0 ? { formerIds } : {}),
    ...(known.protect === true ? { protect: true } : {}),
  };
}

function both(one: readonly string[] = [], other: readonly string[] = []): string[] {
  return [...new Set([...one, ...other])];
}
