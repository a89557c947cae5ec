import { setTimeout as sleep } from "node:timers/promises";
import { batchesByBucket, inBatch } from "../../reconcile/change-set/outcomes.js";
import { shipmentRows, type Shipment } from "../../reconcile/change-set/shipments.js";
import { counted } from "../../model/counted.js";
import type { Looked } from "../../plugin/destination.js";
import type { Relation } from "../../plugin/relation.js";
import { literal } from "../../plugin/relation.js";
import { destinationOf, type AccountJob } from "./job.js";
import { heededHere } from "./opted-out-rows.js";

/** SQL: what became of a row is not told yet. */
const OPEN = "(shown IS NULL OR shown NOT IN ('delivered', 'opted out'))";

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
export async function readBack(job: ReadBackJob, shipment: Shipment, index: number): Promise<boolean> {
  const batches = job.batches.filter(({ shipment: own }) => own === index).map(({ batch }) => batch);
  const sample = job.readBack.get(shipment.exportName) ?? "all";
  const per = sample === "all" ? undefined : sample.sample;
  const wrong = await look(
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
export async function readDoubtfulBack(job: ReadBackJob, shipment: Shipment, index: number): Promise<number> {
  const { kinds = [] } = job.codecs.get(shipment.exportName)?.doubtful ?? {};
  if (kinds.length === 0 || shipment.operation === "remove") return 0;
  const batches = job.batches.filter(({ shipment: own }) => own === index).map(({ batch }) => batch);
  const sample = job.readBack.get(shipment.exportName) ?? "all";
  const per = sample === "all" ? DOUBTFUL_SAMPLE : sample.sample;
  const { showsMs } = destinationOf(job, shipment);
  const refused = batches.filter((batch) => job.partlyRefused.has(batch));
  const others = batches.filter((batch) => !job.partlyRefused.has(batch));
  const lost = await look(job, shipment, { batches: others, per, kinds }, showsMs);
  // By now there was time for everybody to show.
  lost.push(
    ...(await look(job, shipment, { batches: lost.map(({ batch }) => batch), per: undefined, kinds }, 0)),
    ...(await look(job, shipment, { batches: refused, per: undefined, kinds }, showsMs)),
  );
  return lost.reduce((sum, { rows }) => sum + rows, 0);
}

/** Says of an export, once for all that it sent, how many people a finished job lost or changed. */
export function tellLost(
  { codecs, emit }: Pick<ReadBackJob, "codecs" | "emit">,
  exportName: string,
  people: number,
): void {
  if (people === 0) return;
  const { why = "" } = codecs.get(exportName)?.doubtful ?? {};
  const message = `${counted(people, "person is", "people are")} not stored as sent, though no report of the destination names them. ${why}`;
  emit({ type: "warning", export: exportName, message });
}

interface Look {
  readonly batches: readonly number[];
  /** Rows of each batch; all without it. */
  readonly per: number | undefined;
  /** Conditions over `payload`: rows that none is true of are not looked at, and of each a part is. */
  readonly kinds: readonly string[];
}

/** Answers how many rows of which batch do not show as they were sent. */
async function look(
  job: ReadBackJob,
  shipment: Shipment,
  { batches, per, kinds }: Look,
  patienceMs: number,
): Promise<{ batch: number; rows: number }[]> {
  const { engine, outcomes, signal } = job;
  if (batches.length === 0) return [];
  const table = `${outcomes.rows}_read_back_${batches[0] ?? 0}`;
  const delivered = `SELECT r.row, r.key, r.kinds, o.batch
    FROM (SELECT file_row_number AS row, key, list_where(range(${kinds.length}), [${kinds.join(", ")}]) AS kinds
      FROM ${shipmentRows(shipment)}) AS r
    JOIN ${batchesByBucket(outcomes, `batch IN (${batches.join(", ")}) AND outcome = 'delivered'`)} AS o ON ${inBatch("r.row", "o")}
    ANTI JOIN (SELECT row FROM ${outcomes.rows} WHERE export = ${literal(shipment.exportName)}) AS x ON x.row = r.row
    WHERE len(r.kinds) > 0`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT row, key, batch, CAST(NULL AS VARCHAR) AS shown
     FROM (${per === undefined ? delivered : sampleSql(delivered, per)})`,
  );
  const deadline = performance.now() + patienceMs;
  for (let asked = 0; ; asked++) {
    const pending = await engine.count(`SELECT count(*) FROM ${table} WHERE ${OPEN}`);
    if (pending === 0 || (asked > 0 && performance.now() > deadline)) break;
    if (asked > 0) await sleep(destinationOf(job, shipment).pollDelay(asked), undefined, { signal });
    if (asked === 0) job.emit({ type: "stage", export: shipment.exportName, stage: "reading back" });
    const found = await observe(job, shipment, table, pending, asked);
    await job.noteOptOuts(found);
    await compare(job, shipment, table, found);
    if (shipment.operation !== "remove") await letGoOfUnwilling(job, shipment, table, found);
  }
  await engine.run(
    `INSERT INTO ${outcomes.rows} SELECT ${literal(shipment.exportName)}, row, coalesce(shown, 'unknown'),
       CASE WHEN shown = 'differs' THEN 'stored otherwise than sent' END
     FROM ${table} WHERE shown IS DISTINCT FROM 'delivered'`,
  );
  const wrong = await engine.rows<{ batch: number; rows: number }>(
    `SELECT batch, count(*)::INTEGER AS rows FROM ${table} WHERE ${OPEN} GROUP BY batch`,
  );
  await engine.run(`DROP TABLE ${table}`);
  return wrong;
}

/**
 * Whoever is not on the list and unsubscribed from it is waited for no longer,
 * and never sent again: it is they who left. An opt-out from everything takes
 * nobody off a list, which may only not show them yet.
 */
async function letGoOfUnwilling(
  job: ReadBackJob,
  shipment: Shipment,
  table: string,
  found: Relation,
): Promise<void> {
  const { engine, emit } = job;
  const { optedOut } = await job.optOutsNow();
  const unwilling = `${OPEN} AND key IN (SELECT key FROM ${optedOut} WHERE list_id IS NOT NULL AND ${heededHere(job, shipment)})
    AND key NOT IN (SELECT key FROM (${onListSql(found)}) WHERE key IS NOT NULL)`;
  const people = await engine.count(`SELECT count(*) FROM ${table} WHERE ${unwilling}`);
  if (people === 0) return;
  await engine.run(`UPDATE ${table} SET shown = 'opted out' WHERE ${unwilling}`);
  emit({
    type: "warning",
    export: shipment.exportName,
    message: `${counted(people, "person", "people")} unsubscribed while this run worked: nothing more is sent to them.`,
  });
}

/** So many rows of each batch, evenly of each kind: what few have is not lost among what everybody has. */
function sampleSql(rows: string, per: number): string {
  return `SELECT row, any_value(key) AS key, any_value(batch) AS batch FROM (
      SELECT row, key, batch, row_number() OVER (PARTITION BY batch, kind ORDER BY hash(key)) AS place
      FROM (SELECT * EXCLUDE (kinds), unnest(kinds) AS kind FROM (${rows}))
      QUALIFY place <= ${per})
    GROUP BY row
    QUALIFY row_number() OVER (PARTITION BY any_value(batch) ORDER BY min(place), hash(any_value(key))) <= ${per}`;
}

/** The cheapest read that covers what is still pending: the scan of changed contacts, single look-ups, or the list. */
async function observe(
  job: ReadBackJob,
  shipment: Shipment,
  table: string,
  pending: number,
  asked: number,
): Promise<Looked> {
  const destination = destinationOf(job, shipment);
  const { listId, operation } = shipment;
  if (pending <= job.capabilities.lookupUpTo) {
    const keys = await job.engine.rows<{ key: string }>(`SELECT key FROM ${table} WHERE ${OPEN}`);
    return destination.lookup(
      listId,
      keys.map(({ key }) => key),
      job.signal,
    );
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

async function compare(
  job: ReadBackJob,
  shipment: Shipment,
  table: string,
  observed: Relation,
): Promise<void> {
  const { engine } = job;
  if (shipment.operation === "remove") {
    const seen = onListSql(observed);
    await engine.run(
      `UPDATE ${table} SET shown = CASE WHEN key IN (SELECT key FROM (${seen})) THEN NULL ELSE 'delivered' END`,
    );
    return;
  }
  // What changes attributes and no membership is carried out wherever its contact is.
  const seen = setsValuesAlone(shipment) ? contactsSql(observed) : onListSql(observed);
  const matches = job.codecs.get(shipment.exportName)?.matches ?? "true";
  await engine.run(
    `UPDATE ${table} SET shown = found.shown FROM (
       SELECT row, CASE WHEN coalesce(${matches}, false) THEN 'delivered' ELSE 'differs' END AS shown FROM (
         SELECT t.row, c.payload, s.observed FROM ${table} AS t
         JOIN read_parquet(${literal(shipment.changeSet)}, file_row_number = true) AS c ON c.file_row_number = t.row
         JOIN (${seen}) AS s ON s.key = t.key
         WHERE ${OPEN})
     ) AS found WHERE found.row = ${table}.row`,
  );
}

function setsValuesAlone({ operation, route }: Shipment): boolean {
  return operation === "update" && !route.needsMembers;
}

function onListSql(found: Relation): string {
  return `${contactsSql(found)} AND on_list`;
}

function contactsSql(found: Relation): string {
  return `SELECT address_key(email) AS key, observed FROM (${found.sql}) WHERE email IS NOT NULL`;
}
