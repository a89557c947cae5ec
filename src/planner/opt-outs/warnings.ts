import { askCheck } from "../../plan/checks/check.js";
import type { FoundAgain, FoundOnce } from "../../plan/checks/registry.js";
import { optOutPlace } from "../../plan/checks/warnings/opt-out-place.js";
import { unsubscribedElsewhere } from "../../plan/checks/warnings/unsubscribed-elsewhere.js";
import {
  countInOtherPlaces,
  countUnsubscribedElsewhere,
} from "../../reconcile/people/opted-out-elsewhere.js";
import { wasApplied } from "../../state/root/root.js";
import { optOutListsOf } from "./opt-out-lists.js";
import type { CompiledExport, PreparedAccount } from "../prepared.js";
import type { Run } from "../../run/run.js";

/** Who is held back only by a place that was not read, because no connection names it any more. */
export async function checkUnnamedPlaces(
  { engine }: Run,
  { table, whole }: PreparedAccount["optOuts"],
): Promise<FoundAgain[]> {
  if (whole.length === 0) return [];
  const rows = await countInOtherPlaces(
    engine,
    table,
    whole.map(({ reason }) => reason),
  );
  return askCheck(optOutPlace, rows);
}

/**
 * Whom an export would add to a list that is new to it who unsubscribed from
 * another one of the account. A new list is a new topic unless `moved` says
 * where it came from, and a person may know better.
 */
export async function checkOtherLists(
  { engine }: Run,
  compiled: CompiledExport,
  { table }: { readonly table: string },
  changes: string,
): Promise<FoundOnce[]> {
  const { applied, leaving } = compiled;
  if (leaving || (applied !== undefined && wasApplied(applied))) return [];
  const people = await countUnsubscribedElsewhere(engine, table, changes, optOutListsOf(compiled));
  return askCheck(unsubscribedElsewhere, { people });
}
