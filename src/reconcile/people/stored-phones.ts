import type { Engine } from "../../engine/engine.js";
import type { Relation } from "../../plugin/relation.js";

/**
 * Table `contact_id`, `key`, `phone` (E.164) of all contacts that have a number.
 * Who has no address has a number all the same.
 */
export async function createStoredPhones(
  engine: Engine,
  prefix: string,
  contacts: Relation,
): Promise<string> {
  const table = `${prefix}_phones`;
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${phonesSql(contacts)}`);
  return table;
}

/** Puts in the place of what was known of these contacts what they show now. */
export async function updateStoredPhones(engine: Engine, table: string, contacts: Relation): Promise<void> {
  await engine.run(`DELETE FROM ${table} WHERE contact_id IN (SELECT contact_id FROM (${contacts.sql}))`);
  await engine.run(`INSERT INTO ${table} ${phonesSql(contacts)}`);
}

/** However a number is written, it begins with the country: `+49…`, `0049…`, `49…`. */
function phonesSql({ sql }: Relation): string {
  return `SELECT contact_id, coalesce(address_key(email), 'contact ' || contact_id) AS key, e164('+' || regexp_replace(phone, '^[^1-9]+', ''), NULL) AS phone
    FROM (${sql}) WHERE phone IS NOT NULL`;
}
