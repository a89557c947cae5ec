import type { Engine } from "../engine/engine.js";
import type { AdoptionKind } from "../model/reports/adoption.js";
import { statusInSql, SURELY_ON_LIST, UNCERTAIN } from "./claim-status.js";
import { literal } from "../plugin/relation.js";

export type AdoptClass =
  "found" | "wanted" | "stranger" | "ours" | "other" | "opted out" | "forgotten" | "unsettled";

export interface AdoptInput {
  readonly exportName: string;
  readonly listId: string;
  /** The account's ledger. */
  readonly claims: string;
  /** The list as read just now: `key`, `contact_id`, `opted_out`, `observed`. */
  readonly observed: string;
  /** SELECT of `key`: who opted out of this list, or of one that the export came from. */
  readonly optOuts: string;
  /** Picks those among `keys` (a SELECT with `key`) who were forgotten. */
  readonly forgotten: ((keys: string) => string) | undefined;
  /** What would be sent to those who are desired: `key`, `person_hash`, `input_hash`, `payload`, `fields`. */
  readonly desired: string;
  /** The codec's comparison. */
  readonly matches: string;
}

/**
 * Every member of the list: `key`, `class` (`AdoptClass`), `desired`,
 * `contact_id`, `person`, and the hashes of those who hold already what we
 * would send.
 */
export function adoptSql(input: AdoptInput): string {
  const { claims, listId, exportName } = input;
  const list = literal(listId);
  return `WITH opted AS (
    SELECT key FROM (${input.optOuts}) UNION SELECT key FROM ${input.observed} WHERE opted_out IS NOT NULL
  ), forgotten AS (${input.forgotten?.(`SELECT key FROM ${input.observed}`) ?? "SELECT NULL AS key WHERE false"}
  ), seen AS (
    SELECT o.key, o.contact_id, o.observed, d.key IS NOT NULL AS desired, d.person_hash, d.input_hash, d.payload, d.fields,
      CASE
        WHEN f.key IS NOT NULL THEN 'forgotten'
        WHEN c.key IS NOT NULL AND c.origin <> 'found' AND ${statusInSql(SURELY_ON_LIST, "c")} THEN 'ours'
        WHEN ${statusInSql(UNCERTAIN, "c")} THEN 'unsettled'
        WHEN x.key IS NOT NULL THEN 'opted out'
        WHEN ${statusInSql(SURELY_ON_LIST, "c")} THEN 'found'
        WHEN e.key IS NOT NULL THEN 'other'
        WHEN d.key IS NOT NULL THEN 'wanted'
        ELSE 'stranger' END AS class
    FROM ${input.observed} AS o
    LEFT JOIN opted AS x ON x.key = o.key
    LEFT JOIN forgotten AS f ON f.key = o.key
    LEFT JOIN (SELECT * FROM ${claims} WHERE export = ${literal(exportName)} AND list_id = ${list}) AS c ON c.key = o.key
    LEFT JOIN (SELECT DISTINCT key FROM ${claims} WHERE export <> ${literal(exportName)} AND list_id = ${list} AND status <> 'stranger') AS e ON e.key = o.key
    LEFT JOIN ${input.desired} AS d ON d.key = o.key
  )
  SELECT key, class, desired, contact_id, person_hash AS person,
    CASE WHEN same THEN input_hash END AS input_hash, CASE WHEN same THEN hash16(payload) END AS delivered_hash, CASE WHEN same THEN fields END AS fields
  FROM (SELECT *, desired AND class = 'wanted' AND coalesce((${input.matches}), false) AS same FROM seen)`;
}

/** Condition over the rows of `adoptSql`: who is taken over. */
function adoptedSql(onlyDesired: boolean): string {
  return `class IN ('found', 'wanted', 'stranger')${onlyDesired ? " AND desired" : ""}`;
}

/** How many members there are of each class; `members` as `adoptSql` gives them. */
export function countMembers(
  engine: Engine,
  members: string,
  onlyDesired: boolean,
): Promise<{ class: AdoptClass; adopted: boolean; desired: boolean; n: number }[]> {
  return engine.rows(
    `SELECT class, ${adoptedSql(onlyDesired)} AS adopted, desired, count(*) AS n FROM ${members} GROUP BY ALL`,
  );
}

/** A few of each class who are taken over, in the order of a hash so that nobody in particular is picked. */
export function sampleAdopted(
  engine: Engine,
  members: string,
  onlyDesired: boolean,
  { each, address }: { readonly each: number; readonly address: string },
): Promise<{ kind: AdoptionKind; address: string }[]> {
  return engine.rows(
    `SELECT class AS kind, ${address} AS address FROM ${members} WHERE ${adoptedSql(onlyDesired)}
     QUALIFY row_number() OVER (PARTITION BY class ORDER BY hash(key)) <= ${each} ORDER BY class, hash(key)`,
  );
}

/** The ledger delta that takes them over; `members` as `adoptSql` gives it. */
export function recordAdoptionSql(input: {
  readonly exportName: string;
  readonly listId: string;
  readonly claims: string;
  readonly members: string;
  readonly onlyDesired: boolean;
  readonly at: string;
}): string {
  const { exportName, listId, claims, members } = input;
  const adopted = adoptedSql(input.onlyDesired);
  const time = `CAST(${literal(input.at)} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
  return `SELECT c.* REPLACE ('adopted' AS origin), false AS deleted
    FROM ${claims} AS c JOIN (SELECT key FROM ${members} WHERE class = 'found' AND ${adopted}) AS m ON m.key = c.key
    WHERE c.export = ${literal(exportName)}
    UNION ALL BY NAME
    SELECT ${literal(exportName)} AS export, ${literal(listId)} AS list_id, key, person, input_hash, delivered_hash, fields, contact_id,
      'adopted' AS origin, 'member' AS status, ${time} AS first_at, ${time} AS changed_at, false AS deleted
    FROM ${members} WHERE class <> 'found' AND ${adopted}`;
}
