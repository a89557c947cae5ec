import {
  createPerhapsTakenOff,
  createTakenOff,
  noteMissing,
  noteTakenOff,
  perhapsOffSql,
  type KnownPeople,
} from "../../reconcile/people/taken-off.js";
import { endHandRemovalsOfSeen } from "../../reconcile/people/hand-removals.js";
import type { KnownOptOuts } from "../../reconcile/people/earlier-addresses.js";
import { literal } from "../../plugin/relation.js";
import { optOutListsOf } from "./opt-out-lists.js";
import { lookUpOrRead } from "./look-up-few.js";
import { readRecordedClaims } from "../rows/load-data.js";
import type { CompiledExport, EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/**
 * Table `key` of whom an export must not add because somebody else took them,
 * with whatever address, off its list or one that it came from; undefined when
 * there is nobody, or the export puts such people back.
 */
export async function createTakenOffTable(
  { engine }: Run,
  compiled: CompiledExport,
  tables: EvaluatedExport["tables"],
  known: KnownPeople,
): Promise<string | undefined> {
  const { wanted, program, prefix, leaving } = compiled;
  if (wanted.drift.removed === "restore" || leaving) return undefined;
  return createTakenOff(engine, { program, tables, prefix }, known, optOutListsOf(compiled));
}

/**
 * What a read of the list that a plan needed anyway says of hand removals: whom
 * it shows is back, and who is claimed by whatever export, and not on a list
 * that was read whole, was taken off it.
 */
export async function compareHandRemovals(
  run: Run,
  { list, open }: CompiledExport,
  observed: EvaluatedExport["observed"],
  readAt: Date,
  { handRemovals }: KnownOptOuts,
): Promise<void> {
  if (list === undefined || observed === undefined) return;
  const { lagSeconds } = open.plugin.capabilities;
  const seen = `SELECT key, ${literal(list.id)} AS list_id FROM ${observed.table} WHERE opted_out IS NULL`;
  await endHandRemovalsOfSeen(run.engine, handRemovals, seen, { readAt, lagSeconds });
  if (!observed.whole) return;
  const shown = { listId: list.id, readAt, lagSeconds };
  const recorded = await readRecordedClaims(run, open.accountKey);
  await noteMissing(run.engine, handRemovals, shown, recorded, observed.table);
}

/**
 * Looks whether people who are to be added, and of whom some export's record
 * says that they are on that very list, are there still: with this address, or
 * with one that we delivered before. Whoever is there with neither was taken off
 * by somebody else, which no earlier run may have seen.
 */
export async function noteWhoLeftBeforeAdding(
  run: Run,
  compiled: CompiledExport,
  tables: EvaluatedExport["tables"],
  known: KnownPeople,
): Promise<void> {
  const { engine } = run;
  const { wanted, program, list, open, prefix, leaving } = compiled;
  if (list === undefined || leaving || run.removalsOnly || wanted.drift.removed === "restore") return;
  const { optOuts } = known;
  const { lagSeconds } = open.plugin.capabilities;
  const shown = { listId: list.id, readAt: new Date(), lagSeconds };
  const own = { name: wanted.name, program, tables, prefix };
  const recorded = await readRecordedClaims(run, open.accountKey);
  const pairs = await createPerhapsTakenOff(engine, own, known, shown, recorded);
  if (pairs === undefined) return;
  const found = await lookUpOrRead(run, compiled, list.id, perhapsOffSql(pairs), optOuts);
  await noteTakenOff(engine, optOuts.handRemovals, shown, pairs, found);
}
