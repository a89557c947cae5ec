import type { Engine } from "../engine/engine.js";
import type { DriftKind } from "../model/reports/drift.js";
import { literal } from "../plugin/relation.js";

/** How one address of a list compares with the record. */
export type DriftClass =
  | "stranger"
  | "stranger opted out"
  | "gone"
  | "returned"
  | "changed"
  | "opted out"
  | "known gone"
  | "known changed"
  | "known stranger"
  /** A recorded stranger who is not on the list any more. */
  | "stranger left"
  | "too recent"
  | "unsettled"
  | "same"
  /** On the list, values unknown; `why` says why. */
  | "not compared"
  | "none";

export interface DriftInput {
  readonly exportName: string;
  readonly listId: string;
  /** The account's ledger. */
  readonly claims: string;
  /** The list as read just now: `key`, `contact_id`, `opted_out`, `observed`. */
  readonly observed: string;
  /** SELECTs of `key`, `list_id`: who is opted out now, and who was when the last run ended. */
  readonly optOuts: { readonly now: string; readonly before: string };
  /** Condition over ledger rows `c`. */
  readonly recent: string;
  /** A removal of ours may still show. */
  readonly removedLately: boolean;
  /** What the definition last applied makes of today's profiles: `key`, `payload`, `delivered_hash`; undefined when it cannot be known. */
  readonly current: string | undefined;
  /** The codec's comparison of everything, and of each attribute in the order of the definition. */
  readonly matches: { readonly all: string; readonly each: readonly string[] };
}

/**
 * Every claim of the export and every stranger of its list: `key`, `class`
 * (`DriftClass`), `why`, `contact_id`, `changed` (places of attributes).
 */
export function driftSql(input: DriftInput): string {
  const { claims, observed, listId, exportName, optOuts, matches } = input;
  const onThis = `list_id IS NULL OR list_id = ${literal(listId)}`;
  const current =
    input.current ??
    "(SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS payload, NULL::BLOB AS delivered_hash WHERE false)";
  const each = matches.each.map((sql, index) => `CASE WHEN NOT coalesce((${sql}), false) THEN ${index} END`);
  return `WITH opted AS (
    SELECT key FROM (${optOuts.now}) WHERE ${onThis} UNION SELECT key FROM ${observed} WHERE opted_out IS NOT NULL
  ), opted_before AS (SELECT DISTINCT key FROM (${optOuts.before}) WHERE ${onThis}
  ), own AS (
    SELECT c.key, c.status, c.reason, ${input.recent} AS recent, c.delivered_hash AS recorded_hash,
      o.key IS NOT NULL AS on_list, o.contact_id, o.observed, p.payload, p.delivered_hash AS current_hash,
      x.key IS NOT NULL AS opted_out, b.key IS NOT NULL AS opted_out_before
    FROM ${claims} AS c
    LEFT JOIN ${observed} AS o ON o.key = c.key
    LEFT JOIN opted AS x ON x.key = c.key
    LEFT JOIN opted_before AS b ON b.key = c.key
    LEFT JOIN ${current} AS p ON p.key = c.key
    WHERE c.export = ${literal(exportName)} AND c.list_id = ${literal(listId)}
  ), judged AS (SELECT *, ${verdictSql(matches.all)} AS verdict FROM own)
  SELECT key, contact_id, CASE WHEN recent AND verdict IN ('gone', 'returned', 'changed') THEN 'too recent' ELSE verdict END AS class,
    CASE WHEN verdict = 'not compared' THEN ${whySql(input)} END AS why,
    CASE WHEN verdict = 'changed' THEN list_filter(CAST([${each.join(", ")}] AS SMALLINT[]), x -> x IS NOT NULL) END AS changed
  FROM judged
  UNION ALL BY NAME
  SELECT o.key, o.contact_id, CASE WHEN x.key IS NOT NULL THEN 'stranger opted out' WHEN ${input.removedLately} THEN 'too recent' ELSE 'stranger' END AS class
  FROM ${observed} AS o LEFT JOIN opted AS x ON x.key = o.key
  ANTI JOIN (SELECT key FROM ${claims} WHERE list_id = ${literal(listId)} AND (status <> 'stranger' OR export = ${literal(exportName)})) AS c ON c.key = o.key`;
}

/** Opted out comes before everything else, and what is not confirmed by us proves nothing. */
function verdictSql(matches: string): string {
  return `CASE
    WHEN status = 'unknown' THEN 'unsettled'
    WHEN status = 'stranger' THEN CASE WHEN on_list THEN 'known stranger' ELSE 'stranger left' END
    WHEN opted_out THEN CASE WHEN opted_out_before OR status = 'gone' THEN 'none' ELSE 'opted out' END
    WHEN status = 'gone' THEN CASE WHEN on_list THEN 'returned' ELSE 'known gone' END
    WHEN status = 'rejected' AND recorded_hash IS NULL THEN 'none'
    WHEN NOT on_list THEN 'gone'
    WHEN status <> 'member' OR recorded_hash IS NULL OR recorded_hash IS DISTINCT FROM current_hash THEN
      CASE WHEN reason = 'drift' THEN 'known changed' ELSE 'not compared' END
    WHEN coalesce((${matches}), false) THEN 'same'
    WHEN reason = 'drift' THEN 'known changed'
    ELSE 'changed' END`;
}

function whySql({ current }: DriftInput): string {
  return `CASE
    WHEN status = 'left' THEN 'left the segments'
    WHEN status = 'rejected' THEN 'rejected by the destination'
    WHEN recorded_hash IS NULL THEN 'never sent by us'
    WHEN ${current === undefined} THEN 'the definition last applied cannot be evaluated any more'
    WHEN current_hash IS NULL THEN 'left the segments or held back since'
    ELSE 'the profile changed since' END`;
}

/** How many people there are of each class, and why they were not compared; `compared` as `driftSql` gives it. */
export function countClasses(
  engine: Engine,
  compared: string,
): Promise<{ class: DriftClass; why: string | null; n: number }[]> {
  return engine.rows(`SELECT class, why, count(*) AS n FROM ${compared} GROUP BY ALL ORDER BY why`);
}

/** Of how many people each attribute (its place) was changed. */
export function countChangedPlaces(
  engine: Engine,
  compared: string,
): Promise<{ place: number; n: number }[]> {
  return engine.rows(
    `SELECT place, count(*) AS n FROM (SELECT unnest(changed) AS place FROM ${compared} WHERE class = 'changed') GROUP BY place ORDER BY place`,
  );
}

/** A few of each kind, in the order of a hash so that nobody in particular is picked. */
export function sampleDrift(
  engine: Engine,
  compared: string,
  kinds: readonly DriftKind[],
  { each, address }: { readonly each: number; readonly address: string },
): Promise<{ kind: DriftKind; address: string; changed: string | null }[]> {
  const kind = "CASE class WHEN 'stranger opted out' THEN 'stranger' ELSE class END";
  return engine.rows(
    `SELECT kind, ${address} AS address, array_to_string(changed, ',') AS changed
     FROM (SELECT *, ${kind} AS kind FROM ${compared}) WHERE kind IN (${kinds.map(literal).join(", ")})
     QUALIFY row_number() OVER (PARTITION BY kind ORDER BY hash(key)) <= ${each} ORDER BY kind, hash(key)`,
  );
}

/** SELECT `key` of the strangers. */
export function comparedStrangersSql(compared: string): string {
  return `SELECT key FROM ${compared} WHERE class = 'stranger'`;
}

/** The ledger delta that takes a comparison into state; `compared` as `driftSql` gives it. */
export function recordDriftSql(input: {
  readonly exportName: string;
  readonly listId: string;
  readonly claims: string;
  readonly compared: string;
  /** Status and origin of new rows for strangers; undefined when none are kept. */
  readonly strangers: { readonly status: string; readonly origin: string } | undefined;
  /** SELECT of `key` of those who must not be recorded; undefined for nobody. */
  readonly except: string | undefined;
  readonly at: string;
}): string {
  const { exportName, listId, claims, compared, strangers, except } = input;
  const own = `SELECT c.* REPLACE (
      CASE d.class WHEN 'gone' THEN 'gone' WHEN 'returned' THEN 'member' ELSE c.status END AS status,
      CASE WHEN d.class = 'stranger left' THEN c.reason ELSE 'drift' END AS reason), d.class = 'stranger left' AS deleted
    FROM ${claims} AS c JOIN ${compared} AS d ON d.key = c.key
    WHERE c.export = ${literal(exportName)} AND d.class IN ('gone', 'returned', 'changed', 'stranger left')`;
  if (strangers === undefined) return own;
  const time = `CAST(${literal(input.at)} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
  return `${own} UNION ALL BY NAME
    SELECT ${literal(exportName)} AS export, ${literal(listId)} AS list_id, key, contact_id,
      ${literal(strangers.origin)} AS origin, ${literal(strangers.status)} AS status, ${time} AS first_at, ${time} AS changed_at, false AS deleted
    FROM ${compared} WHERE class = 'stranger'${except === undefined ? "" : ` AND key NOT IN (${except})`}`;
}
