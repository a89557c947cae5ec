import { setTimeout as sleep } from "node:timers/promises";
import type { Shipment } from "../../reconcile/change-set/shipments.js";
import {
  compareShown,
  countPending,
  createShown,
  dropUnsubscribed,
  readPendingAddresses,
  recordShown,
  type Sample,
} from "../../reconcile/change-set/shown.js";
import { counted } from "../../model/words/counted.js";
import type { FoundContacts } from "../../plugin/destination.js";
import type { Relation } from "../../plugin/relation.js";
import { literal } from "../../plugin/relation.js";
import { destinationOf, type AccountJob } from "./job.js";
import { countsHereSql } from "./opted-out-rows.js";

/** What reading back needs of the job. */
export type ReadBackJob = Pick<
  AccountJob,
  | "engine"
  | "outcomes"
  | "capabilities"
  | "batches"
  | "readBack"
  | "partlyRefused"
  | "codecs"
  | "destinations"
  | "scanChanged"
  | "optOutsNow"
  | "noteOptOuts"
  | "formerLists"
  | "emit"
  | "signal"
>;

/** How many doubtful rows of a batch are looked at, unless the export says so itself. */
const DOUBTFUL_SAMPLE = 100;

/**
 * Reads a shipment back and settles each of its rows on what the destination
 * shows: on the list with what we sent, on it with something else, or not. A
 * row that does not show within the destination's time is unknown. Answers
 * whether every row shows as it was sent.
 */
export async function readBackBatches(job: ReadBackJob, shipment: Shipment, index: number): Promise<boolean> {
  const batches = job.batches.filter(({ shipment: own }) => own === index).map(({ batch }) => batch);
  const sample = job.readBack.get(shipment.exportName) ?? "all";
  const per = sample === "all" ? undefined : sample.sample;
  const wrong = await lookAtRows(
    job,
    shipment,
    { batches, per, kinds: ["true"] },
    destinationOf(job, shipment).showsMs,
  );
  return wrong.length === 0;
}

/**
 * Reads back a sample of the rows that a finished job may have lost without a
 * word. Of a batch that lost or changed one of them, or of which a part was
 * refused, all such rows are settled on what the destination shows. Answers how many do not show as they were sent.
 */
export async function readBackDoubtful(job: ReadBackJob, shipment: Shipment, index: number): Promise<number> {
  const { kinds = [] } = job.codecs.get(shipment.exportName)?.doubtful ?? {};
  if (kinds.length === 0 || shipment.operation === "remove") return 0;
  const batches = job.batches.filter(({ shipment: own }) => own === index).map(({ batch }) => batch);
  const sample = job.readBack.get(shipment.exportName) ?? "all";
  const per = sample === "all" ? DOUBTFUL_SAMPLE : sample.sample;
  const { showsMs } = destinationOf(job, shipment);
  const refused = batches.filter((batch) => job.partlyRefused.has(batch));
  const others = batches.filter((batch) => !job.partlyRefused.has(batch));
  const lost = await lookAtRows(job, shipment, { batches: others, per, kinds }, showsMs);
  // By now there was time for everybody to show.
  lost.push(
    ...(await lookAtRows(
      job,
      shipment,
      { batches: lost.map(({ batch }) => batch), per: undefined, kinds },
      0,
    )),
    ...(await lookAtRows(job, shipment, { batches: refused, per: undefined, kinds }, showsMs)),
  );
  return lost.reduce((sum, { rows }) => sum + rows, 0);
}

/** Says of an export, once for all that it sent, how many people a finished job lost or changed. */
export function emitLost(
  { codecs, emit }: Pick<ReadBackJob, "codecs" | "emit">,
  exportName: string,
  people: number,
): void {
  if (people === 0) return;
  const { why = "" } = codecs.get(exportName)?.doubtful ?? {};
  const message = `${counted(people, "person is", "people are")} not stored as sent, though no report of the destination names them. ${why}`;
  emit({ type: "warning", export: exportName, message });
}

/** Answers how many rows of which batch do not show as they were sent. */
async function lookAtRows(
  job: ReadBackJob,
  shipment: Shipment,
  sample: Sample,
  patienceMs: number,
): Promise<{ batch: number; rows: number }[]> {
  const { engine, outcomes, signal } = job;
  if (sample.batches.length === 0) return [];
  const table = await createShown(engine, outcomes, shipment, sample);
  const matches = job.codecs.get(shipment.exportName)?.matches ?? "true";
  const deadline = performance.now() + patienceMs;
  for (let asked = 0; ; asked++) {
    const pending = await countPending(engine, table);
    if (pending === 0 || (asked > 0 && performance.now() > deadline)) break;
    if (asked > 0) await sleep(destinationOf(job, shipment).pollDelay(asked), undefined, { signal });
    if (asked === 0) job.emit({ type: "stage", export: shipment.exportName, stage: "reading back" });
    const found = await readList(job, shipment, table, pending, asked);
    await job.noteOptOuts(found);
    await compareShown(engine, table, shipment, found, matches);
    if (shipment.operation !== "remove") await dropUnwilling(job, shipment, table, found);
  }
  return recordShown(engine, outcomes, shipment.exportName, table);
}

/**
 * Whoever is not on the list and unsubscribed from it is waited for no longer,
 * and never sent again: it is they who left. An opt-out from everything takes
 * nobody off a list, which may only not show them yet.
 */
async function dropUnwilling(
  job: ReadBackJob,
  shipment: Shipment,
  table: string,
  found: Relation,
): Promise<void> {
  const { engine, emit } = job;
  const { optedOut } = await job.optOutsNow();
  const unsubscribed = `SELECT key FROM ${optedOut} WHERE list_id IS NOT NULL AND ${countsHereSql(job, shipment)}`;
  const people = await dropUnsubscribed(engine, table, unsubscribed, found);
  if (people === 0) return;
  emit({
    type: "warning",
    export: shipment.exportName,
    message: `${counted(people, "person", "people")} unsubscribed while this run worked: nothing more is sent to them.`,
  });
}

/** The cheapest read that covers what is still pending: the scan of changed contacts, single look-ups, or the list. */
async function readList(
  job: ReadBackJob,
  shipment: Shipment,
  table: string,
  pending: number,
  asked: number,
): Promise<FoundContacts> {
  const destination = destinationOf(job, shipment);
  const { listId, operation } = shipment;
  if (pending <= job.capabilities.lookupUpTo) {
    return destination.lookup(listId, await readPendingAddresses(job.engine, table), job.signal);
  }
  if (asked === 0 && operation !== "remove") {
    const contacts = await job.scanChanged();
    if (contacts !== undefined) {
      return {
        sql: `SELECT * EXCLUDE (on_list), list_contains(list_ids, ${literal(listId)}) AS on_list FROM (${contacts.sql})`,
      };
    }
  }
  return destination.members(listId, { attributes: operation !== "remove" }, job.signal);
}
