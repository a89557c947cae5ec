import { Failure } from "../../model/failure.js";
import { foldName } from "../../model/fold-name.js";
import { counted } from "../../model/words/counted.js";
import { identifier } from "../../plugin/relation.js";
import type { Reading } from "../../plugin/source.js";
import type { Column } from "./table.js";

/** What of the rows of a table is so now. */
export interface CurrentRows {
  readonly sql: string;
  /** Rows that say that somebody was deleted, and those that a newer one replaced. */
  readonly deleted: number;
  readonly replaced: number;
}

/**
 * Leaves out what was deleted, where a column says so, and older versions of a row, where Synapse Link only appends:
 * it numbers versions of a row (`versionnumber`) and dates its own writing (`SinkModifiedOn`).
 */
export async function findCurrentRows(
  columns: readonly Column[],
  sql: string,
  { query }: Pick<Reading, "query">,
): Promise<CurrentRows> {
  const named = (...names: readonly string[]): string | undefined => {
    const found = columns.find(({ name }) => names.includes(foldName(name)));
    return found && identifier(found.name);
  };
  const flag = named("isdelete", "isdeleted");
  if (flag === undefined) return { sql, deleted: 0, replaced: 0 };
  const word = `lower(CAST(${flag} AS VARCHAR))`;
  const isDeleted = `coalesce(${word} IN ('true', '1'), false)`;
  const [seen] = await query<{ deleted: number; odd: number }>(
    `SELECT count(*) FILTER (${isDeleted})::DOUBLE AS deleted,
            count(*) FILTER (${word} NOT IN ('true', '1', 'false', '0', ''))::DOUBLE AS odd FROM (${sql})`,
  );
  const { deleted = 0, odd = 0 } = seen ?? {};
  if (odd > 0)
    throw new Failure("invalid", `${counted(odd, "row")} say neither yes nor no in ${flag}.`, {
      hint: "Whether somebody was deleted has to be known: true or false.",
    });
  const kept = `SELECT * FROM (${sql}) WHERE NOT ${isDeleted}`;
  const time = named("sinkmodifiedon");
  if (time === undefined) return { sql: kept, deleted, replaced: 0 };
  const version = named("versionnumber");
  return withoutReplaced(sql, { isDeleted, deleted, time, version, key: named("id") }, query);
}

interface Appended {
  readonly isDeleted: string;
  readonly deleted: number;
  readonly key: string | undefined;
  readonly time: string;
  readonly version: string | undefined;
}

async function withoutReplaced(
  sql: string,
  { isDeleted, deleted, key, time, version = "NULL" }: Appended,
  query: Reading["query"],
): Promise<CurrentRows> {
  if (key === undefined) throw unclear("it has no column `Id`");
  const [seen] = await query<{ total: number; nameless: number; keys: number }>(
    `SELECT count(*)::DOUBLE AS total, count(*) FILTER (coalesce(CAST(${key} AS VARCHAR), '') = '')::DOUBLE AS nameless,
            count(DISTINCT ${key})::DOUBLE AS keys
     FROM (${sql})`,
  );
  const { total = 0, nameless = 0, keys = 0 } = seen ?? {};
  if (nameless > 0) throw unclear(`${counted(nameless, "row")} have no \`Id\``);
  if (keys === total) return { sql: `SELECT * FROM (${sql}) WHERE NOT ${isDeleted}`, deleted, replaced: 0 };
  // The same row may be appended twice.
  const ordered = `SELECT *, CASE WHEN bool_and("\u0001version" IS NOT NULL) OVER k THEN "\u0001version"
      WHEN bool_and("\u0001time" IS NOT NULL) OVER k THEN "\u0001time" END AS "\u0001order"
    FROM (SELECT DISTINCT *, TRY_CAST(${version} AS BIGINT) AS "\u0001version", epoch_us(${timeSql(time)}) AS "\u0001time" FROM (${sql}))
    WINDOW k AS (PARTITION BY ${key})`;
  const newest = `SELECT *, count(*) OVER (PARTITION BY ${key}) AS "\u0001newest" FROM (
      SELECT *, max("\u0001order") OVER k AS "\u0001max", count(*) OVER k AS "\u0001versions" FROM (${ordered})
      WINDOW k AS (PARTITION BY ${key}))
    WHERE "\u0001versions" = 1 OR "\u0001order" IS NULL OR "\u0001order" = "\u0001max"`;
  const [told] = await query<{ unclear: number; current: number }>(
    `SELECT count(*) FILTER ("\u0001newest" > 1)::DOUBLE AS unclear, count(*) FILTER (NOT ${isDeleted})::DOUBLE AS current FROM (${newest})`,
  );
  const { unclear: ties = 0, current = 0 } = told ?? {};
  if (ties > 0) throw unclear(`${counted(ties, "row")} of the same \`Id\` do not say which of them is newer`);
  const added = ["version", "time", "order", "max", "versions", "newest"].map((name) =>
    identifier(`\u0001${name}`),
  );
  return {
    sql: `SELECT * EXCLUDE (${added.join(", ")}) FROM (${newest}) WHERE NOT ${isDeleted}`,
    deleted,
    replaced: total - deleted - current,
  };
}

/** As Synapse Link writes a time, and as everybody else does. */
function timeSql(column: string): string {
  const text = `CAST(${column} AS VARCHAR)`;
  return `coalesce(TRY_CAST(${text} AS TIMESTAMP), try_strptime(${text}, ['%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M:%S']))`;
}

function unclear(what: string): Failure {
  return new Failure("invalid", `its rows are versions that were appended, and ${what}.`, {
    hint: "Read the snapshots that Synapse Link writes beside them, or link the table with updates in place.",
  });
}
