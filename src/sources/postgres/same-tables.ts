import type { Client } from "pg";
import { Failure } from "../../model/failure.js";
import { sqlState } from "../../platform/postgres/sql-state.js";

/**
 * What a transaction sees does not hold against TRUNCATE, or against a new table by the name of an old one: of rows that
 * were loaded again since it began, it sees none. The catalog is read as it was then, what these functions answer is as
 * it is now, and our locks tell which tables are behind a query.
 */
const COUNT_REPLACED = `
  SELECT count(*)::int AS replaced
    FROM (SELECT DISTINCT relation AS oid FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid()) AS used
    LEFT JOIN pg_class AS seen ON seen.oid = used.oid
    LEFT JOIN pg_namespace AS place ON place.oid = seen.relnamespace
   WHERE used.oid::bigint >= 16384
     AND (pg_identify_object('pg_class'::regclass, used.oid, 0)).type IN ('table', 'materialized view')
     AND (seen.oid IS NULL
          OR seen.relfilenode <> pg_relation_filenode(seen.oid)
          OR to_regclass(format('%I.%I', place.nspname, seen.relname)) IS DISTINCT FROM seen.oid)`;

/** Asked after the rows are read, while nobody can replace what they came from. */
export async function refuseReplacedTables(client: Client): Promise<void> {
  if ((await countReplaced(client)) > 0)
    throw new Failure("transient", "a table was emptied or replaced while the database was read.", {
      hint: "Nothing was taken from it. Run the command again.",
    });
}

async function countReplaced(client: Client): Promise<number> {
  try {
    const { rows } = await client.query<{ replaced: number }>(COUNT_REPLACED);
    return rows[0]?.replaced ?? 0;
  } catch (error) {
    // What only speaks the protocol has other catalogs.
    if (/^(42|0A)/.test(sqlState(error) ?? "")) return 0;
    throw error;
  }
}
