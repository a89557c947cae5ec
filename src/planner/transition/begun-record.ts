import {
  exportState,
  wasApplied,
  type ExportState,
  type ListIdentity,
  type StateRoot,
} from "../../state/root/root.js";
import type { CompiledExport } from "../prepared.js";
import { formerIdsOf } from "../../records/recorded-ids.js";

/** What a record is made of before a run has ended well. */
export type BegunExport = Pick<CompiledExport, "wanted" | "program" | "definition" | "formerLists">;

/**
 * What is recorded of an export that no run has applied yet: where its people are, and what it was then, so that
 * another name or list of it does not pass unnoticed. Its next run is still a first one.
 */
export function begunRecord(
  { wanted, program, definition, formerLists }: BegunExport,
  list: ListIdentity,
): ExportState {
  return {
    generation: 1,
    definition: { ...definition, compiled: { ...program } },
    list,
    moving: true,
    ...(formerLists.length > 0 ? { formerLists: [...formerLists] } : {}),
    ...(wanted.protect === true ? { protect: true } : {}),
  };
}

/** Records, in place, that an export's first run begins; a run that dies leaves people on the list who have to be known by it. */
export function beginRecord(root: StateRoot, one: BegunExport, list: ListIdentity): void {
  const known = exportState(root, one.wanted.name);
  if (known === undefined) {
    root.exports[one.wanted.name] = begunRecord(one, list);
    return;
  }
  if (wasApplied(known)) return;
  // Who was sent by the run before may be known by another id.
  const formerIds = formerIdsOf(known, one.program);
  const { definition } = begunRecord(one, list);
  root.exports[one.wanted.name] = { ...known, definition, ...(formerIds.length > 0 ? { formerIds } : {}) };
}
