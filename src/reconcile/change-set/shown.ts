import type { Engine } from "../../engine/engine.js";
import { literal, type Relation } from "../../plugin/relation.js";
import { numberedChangesSql } from "./change-set.js";
import { batchesByBucketSql, inBatchSql, type OutcomeTables } from "./outcomes.js";
import { shipmentRowsSql, type Shipment } from "./shipments.js";

/** Rows of a shipment that are read back. */
export interface Sample {
  readonly batches: readonly number[];
  /** Rows of each batch; all without it. */
  readonly per: number | undefined;
  /** Conditions over `payload`: rows that none is true of are not looked at, and of each a part is. */
  readonly kinds: readonly string[];
}

/** SQL: what became of a row is not told yet. */
const OPEN = "(shown IS NULL OR shown NOT IN ('delivered', 'opted out'))";

/** Makes a table of rows that were delivered and are to be read back. Returns its name. */
export async function createShown(
  engine: Engine,
  outcomes: OutcomeTables,
  shipment: Shipment,
  { batches, per, kinds }: Sample,
): Promise<string> {
  const table = `${outcomes.rows}_read_back_${batches[0] ?? 0}`;
  const delivered = `SELECT r.row, r.key, r.kinds, o.batch
    FROM (SELECT file_row_number AS row, key, list_where(range(${kinds.length}), [${kinds.join(", ")}]) AS kinds
      FROM ${shipmentRowsSql(shipment)}) AS r
    JOIN ${batchesByBucketSql(outcomes, `batch IN (${batches.join(", ")}) AND outcome = 'delivered'`)} AS o ON ${inBatchSql("r.row", "o")}
    ANTI JOIN (SELECT row FROM ${outcomes.rows} WHERE export = ${literal(shipment.exportName)}) AS x ON x.row = r.row
    WHERE len(r.kinds) > 0`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT row, key, batch, CAST(NULL AS VARCHAR) AS shown
     FROM (${per === undefined ? delivered : sampleSql(delivered, per)})`,
  );
  return table;
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

/** How many rows are still to be told. */
export function countPending(engine: Engine, table: string): Promise<number> {
  return engine.count(`SELECT count(*) FROM ${table} WHERE ${OPEN}`);
}

/** Their addresses. */
export async function readPendingAddresses(engine: Engine, table: string): Promise<string[]> {
  const rows = await engine.rows<{ key: string }>(`SELECT key FROM ${table} WHERE ${OPEN}`);
  return rows.map(({ key }) => key);
}

/**
 * Takes down what a read shows of the rows that are still to be told: carried
 * out, or stored otherwise than sent. `matches`: the codec's comparison.
 */
export async function compareShown(
  engine: Engine,
  table: string,
  shipment: Shipment,
  found: Relation,
  matches: string,
): Promise<void> {
  if (shipment.operation === "remove") {
    await engine.run(
      `UPDATE ${table} SET shown = CASE WHEN key IN (SELECT key FROM (${onListSql(found)})) THEN NULL ELSE 'delivered' END`,
    );
    return;
  }
  // What changes attributes and no membership is carried out wherever its contact is.
  const seen = setsValuesAlone(shipment) ? contactsSql(found) : onListSql(found);
  await engine.run(
    `UPDATE ${table} SET shown = found.shown FROM (
       SELECT row, CASE WHEN coalesce(${matches}, false) THEN 'delivered' ELSE 'differs' END AS shown FROM (
         SELECT t.row, c.payload, s.observed FROM ${table} AS t
         JOIN ${numberedChangesSql({ path: shipment.changeSet })} AS c ON c.file_row_number = t.row
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

/**
 * Waits no longer for those who unsubscribed (a SELECT of `key`) and whom a read
 * does not show on the list: it is they who left. Says how many.
 */
export async function dropUnsubscribed(
  engine: Engine,
  table: string,
  unsubscribed: string,
  found: Relation,
): Promise<number> {
  const unwilling = `${OPEN} AND key IN (${unsubscribed})
    AND key NOT IN (SELECT key FROM (${onListSql(found)}) WHERE key IS NOT NULL)`;
  const people = await engine.count(`SELECT count(*) FROM ${table} WHERE ${unwilling}`);
  if (people > 0) await engine.run(`UPDATE ${table} SET shown = 'opted out' WHERE ${unwilling}`);
  return people;
}

/** Records what is not shown as it was sent, and drops the table. Says how many rows of which batch that are. */
export async function recordShown(
  engine: Engine,
  outcomes: OutcomeTables,
  exportName: string,
  table: string,
): Promise<{ batch: number; rows: number }[]> {
  await engine.run(
    `INSERT INTO ${outcomes.rows} SELECT ${literal(exportName)}, row, coalesce(shown, 'unknown'),
       CASE WHEN shown = 'differs' THEN 'stored otherwise than sent' END
     FROM ${table} WHERE shown IS DISTINCT FROM 'delivered'`,
  );
  const wrong = await engine.rows<{ batch: number; rows: number }>(
    `SELECT batch, count(*)::INTEGER AS rows FROM ${table} WHERE ${OPEN} GROUP BY batch`,
  );
  await engine.run(`DROP TABLE ${table}`);
  return wrong;
}
