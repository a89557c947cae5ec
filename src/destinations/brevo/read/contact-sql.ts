import { literal, type Relation } from "../../../plugin/relation.js";
import { PSEUDO } from "./restraints.js";

/** Lists as numbers: as text, `2.0` would be another list than `2`. */
const COLUMNS = `{
  id: 'BIGINT', email: 'VARCHAR', "emailBlacklisted": 'BOOLEAN',
  "listIds": 'BIGINT[]', "listUnsubscribed": 'BIGINT[]', attributes: 'VARCHAR'
}`;

/** SQL: the rows of NDJSON files of contacts, in the vendor's names; `email` is NULL where it is made up. */
function everybody(files: readonly string[]): string {
  const paths = `[${files.map(literal).join(", ")}]`;
  return `(select * replace ("listIds"::varchar[] as "listIds", "listUnsubscribed"::varchar[] as "listUnsubscribed",
      case when not ends_with(email, '${PSEUDO}') then email end as email)
    from read_json(${paths}, format = 'newline_delimited', filename = true, columns = ${COLUMNS}))`;
}

/** SQL: the same of those who have an address. */
function rows(files: readonly string[]): string {
  return `(select * from ${everybody(files)} where email is not null)`;
}

/** SQL: the same with one row a contact, the newest. Duplicates are rare, so only they are sorted out. */
function newest(all: string): string {
  return `(with twice as materialized (select id from ${all} group by id having count(*) > 1)
    select * from ${all} where id not in (from twice)
    union all by name
    select unnest(max_by(c, c.filename)) from ${all} c where id in (from twice) group by id)`;
}

const BLOCKED = `when "emailBlacklisted" then 'blocklisted'`;

/**
 * Contacts that a list shows, or (`onList: "look"`) contacts who may or may not
 * be on it, in the columns of `members`. Recorded lists still show who
 * unsubscribed from them, and these are not on it.
 */
export function membersRelation(files: readonly string[], listId: string, onList: "all" | "look"): Relation {
  const list = literal(listId);
  const left = `coalesce(list_contains("listUnsubscribed", ${list}), false)`;
  return {
    sql: `select email, id::varchar as contact_id,
        ${onList === "all" ? `not ${left}` : `coalesce(list_contains("listIds", ${list}), false)`} as on_list,
        case ${BLOCKED} when ${left} then 'unsubscribed' end as opted_out,
        attributes as observed
      from ${newest(rows(files))}`,
  };
}

/** Every contact of a scan, also without an address, in the columns of `members` and its lists and number; it stands for no single list. */
export function scannedRelation(files: readonly string[]): Relation {
  return {
    sql: `select email, id::varchar as contact_id, null::boolean as on_list,
        case ${BLOCKED} end as opted_out, attributes as observed,
        coalesce("listIds", []) as list_ids, attributes ->> '$.SMS' as phone
      from ${newest(everybody(files))}`,
  };
}

/**
 * Every contact and which of these lists it is on: those that were read as
 * well, because of another one the account's contacts need not tell who
 * unsubscribed from it.
 */
export function seenRelation(files: readonly string[], readLists: readonly string[]): Relation {
  const lists = `[${readLists.map(literal).join(", ")}]::varchar[]`;
  return {
    sql: `select email, list_intersect(coalesce("listIds", []), ${lists}) as list_ids from ${rows(files)}`,
  };
}
