import type { Engine } from "../engine/engine.js";
import type { Relation } from "../plugin/relation.js";

/**
 * Keeps the members of a list as a table `key`, `contact_id`, `opted_out`,
 * `observed`: who is on it now, and who is off it because they opted out.
 */
export async function keepObserved(engine: Engine, table: string, members: Relation): Promise<void> {
  const rows = `SELECT address_key(email) AS key, contact_id, opted_out, observed FROM (${members.sql}) WHERE (on_list OR opted_out IS NOT NULL) AND email IS NOT NULL`;
  await engine.keep(table, rows);
  // Two contacts of one key are rare, and grouping a million rows of attributes costs memory.
  if ((await engine.count(`SELECT count(*) - count(DISTINCT key) FROM ${table}`)) > 0) {
    await engine.keep(
      table,
      `SELECT * EXCLUDE (row) FROM ${table} QUALIFY row_number() OVER (PARTITION BY key ORDER BY contact_id) = 1`,
    );
  }
}

/** Adds those of some people who are on the list after all. */
export async function addObserved(engine: Engine, table: string, found: Relation): Promise<void> {
  const there = `SELECT address_key(email) AS key, contact_id, opted_out, observed FROM (${found.sql}) WHERE on_list`;
  if ((await engine.count(`SELECT count(*) FROM (${there})`)) === 0) return;
  await engine.keep(
    table,
    `SELECT * EXCLUDE (row) FROM ${table} UNION ALL BY NAME
     SELECT * FROM (${there}) QUALIFY row_number() OVER (PARTITION BY key ORDER BY contact_id) = 1`,
  );
}
