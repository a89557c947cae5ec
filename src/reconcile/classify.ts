import { statusInSql, SURELY_ON_LIST, UNCERTAIN } from "./claim-status.js";
import type { DriftPolicy, StrangerPolicy, SyncMode } from "../model/config/export.js";
import { literal } from "../plugin/relation.js";
import { deliverableSql, type DesiredTables } from "./desired/desired.js";

export interface Classification {
  readonly exportName: string;
  /** Undefined when the list is yet to be made. */
  readonly listId: string | undefined;
  readonly mode: SyncMode;
  readonly drift: DriftPolicy;
  readonly strangers: StrangerPolicy;
  /** Whom the destination rejected is sent once more, although nothing changed. */
  readonly retryRejected: boolean;
  readonly desired: DesiredTables;
  /** The account's ledger. */
  readonly claims: string;
  /** Table `key`: desired addresses of people who opted out with some address; undefined when nobody has an id. */
  readonly ofOptedOut: string | undefined;
  /** Table `key`: whom somebody else took off this list, or one that the export came from, with whatever address; undefined when nobody, or when it does not matter. */
  readonly takenOff: string | undefined;
  /** Table `key`, `list_id`: who was taken off such a list and was seen on it again. */
  readonly returned: string | undefined;
  /** Members of the list as read just now (`key`, `contact_id`, `opted_out`, `observed`); undefined when it was not read. */
  readonly observed: string | undefined;
  /** `key`, `input_hash` under the definition last applied, and whether that differs from today's, or values were read in another way then. */
  readonly previous: {
    readonly table: string | undefined;
    readonly changed: boolean;
    readonly reread: boolean;
    readonly firstRun: boolean;
  };
}

/**
 * Every row of the export that is not simply unchanged: `action`, `cause`,
 * `withdrawn` (removed because of consent, suppression or an opt-out with another address or from a list that
 * the export came from), `drifted` (recorded
 * to hold other values than we sent, which are to be restored) and what is
 * known of both sides.
 */
export function classifySql(input: Classification): string {
  const { desired, claims, observed, ofOptedOut } = input;
  const own = `SELECT * FROM ${claims} WHERE export = ${literal(input.exportName)}`;
  const seen = observed === undefined ? "CAST(NULL AS VARCHAR)" : "o.contact_id";
  const earlier =
    ofOptedOut === undefined ? "false" : `coalesce(d.key IN (SELECT key FROM ${ofOptedOut}), false)`;
  return `WITH pairs AS (
    SELECT coalesce(d.key, l.key) AS key, d.profile, d.input_hash, d.person_hash,
      l.key IS NOT NULL AS claimed, l.input_hash AS old_input_hash, l.delivered_hash AS old_delivered_hash,
      l.fields AS old_fields, l.contact_id, l.origin, l.status, l.reason, l.first_at, l.person AS old_person
    FROM (${deliverableSql(desired)}) AS d
    FULL JOIN (${own}) AS l ON d.key = l.key
    WHERE (l.status = 'member' AND d.input_hash = l.input_hash AND NOT ${driftedSql(input, "l")} AND NOT ${anotherPerson("l.person", "l.reason")}) IS NOT TRUE OR (l.origin = 'added' AND ${earlier})
  ), judged AS (
    SELECT d.*, h.reason AS hold, h.elsewhere, coalesce(d.contact_id, ${seen}) AS known_contact_id,
      ${observed === undefined ? "false" : "o.key IS NOT NULL"} AS on_list,
      ${earlier} AS earlier_opt_out, ${input.takenOff === undefined ? "false" : `d.key IN (SELECT key FROM ${input.takenOff})`} AS taken_off,
      ${returnedSql(input)} AS returned,
      ${observed === undefined ? "false" : "o.opted_out IS NOT NULL"} AS unsubscribed
    FROM pairs AS d
    LEFT JOIN ${desired.held} AS h ON d.profile IS NULL AND h.key = d.key
    ${observed === undefined ? "" : `LEFT JOIN (SELECT key, contact_id, opted_out FROM ${observed}) AS o ON o.key = d.key`}
  )
  SELECT * EXCLUDE (contact_id, known_contact_id, origin, elsewhere), known_contact_id AS contact_id, ${originSql(input)} AS origin,
    ${driftedSql(input, "j")}${input.retryRejected ? " OR coalesce(status = 'rejected', false)" : ""} AS drifted, ${actionSql(input)} AS action, ${causeSql(input)} AS cause,
    coalesce(hold IN ('forgotten', 'suppressed', 'no consent') OR (hold = 'opted out' AND elsewhere), profile IS NOT NULL AND earlier_opt_out, false) AS withdrawn
  FROM judged AS j ${previousJoin(input)}`;
}

/** Whoever was taken off the list is on it again. */
function returnedSql({ listId, returned, observed }: Classification): string {
  const seen = [
    ...(observed === undefined ? [] : ["o.key IS NOT NULL AND o.opted_out IS NULL"]),
    ...(listId === undefined || returned === undefined
      ? []
      : [`d.key IN (SELECT key FROM ${returned} WHERE list_id = ${literal(listId)})`]),
  ];
  return seen.length === 0 ? "false" : `(d.status = 'gone' AND (${seen.join(" OR ")}))`;
}

/** The record does not say, or not in the form of today, whose the address is by now. */
function anotherPerson(person: string, reason: string): string {
  return `(person_hash IS NOT NULL AND person_hash IS DISTINCT FROM ${person} AND ${reason} IS NULL)`;
}

/** Recorded by `drift --record` to hold other values than we sent. */
function driftedSql({ drift }: Classification, of: string): string {
  return drift.values === "keep"
    ? "false"
    : `coalesce(${of}.status = 'member' AND ${of}.reason = 'drift', false)`;
}

/** Whom a policy takes over is ours from then on, and so is a stranger whom it takes off the list. */
function originSql({ strangers }: Classification): string {
  const takenOver = `(status = 'stranger' OR (NOT claimed AND on_list)) AND ${strangers === "adopt"}`;
  return `CASE WHEN ${takenOver} OR (status = 'stranger' AND profile IS NULL) THEN 'adopted' ELSE origin END`;
}

function actionSql({ mode, drift, strangers, retryRejected }: Classification): string {
  const restores = drift.removed === "restore";
  const updates = mode !== "add-only";
  // Whoever was found on the list, or taken over, is on it whatever became of what we sent.
  const rejectedAdd = "(status = 'rejected' AND old_delivered_hash IS NULL AND origin = 'added')";
  const neverDelivered = `(status = 'gone' OR ${rejectedAdd})`;
  const perhapsOff = "(status = 'unknown' AND reason IN ('add', 'remove'))";
  const stranger = { report: "none", adopt: "adopt", remove: mode === "mirror" ? "remove" : "none" }[
    strangers
  ];
  const desired = `CASE
    WHEN (NOT claimed OR ${statusInSql(UNCERTAIN)}) AND unsubscribed THEN 'opted out'
    WHEN earlier_opt_out AND (NOT claimed OR ${neverDelivered}) THEN 'address changed after opt-out'
    WHEN earlier_opt_out AND origin = 'added' THEN 'remove'
    WHEN earlier_opt_out AND status = 'unknown' THEN 'address changed after opt-out'
    WHEN NOT claimed AND on_list THEN '${updates ? "update" : "found"}'
    WHEN returned THEN '${updates ? "update" : "rejoin"}'
    ${restores ? "" : `WHEN taken_off AND NOT on_list AND (NOT claimed OR ${neverDelivered} OR ${perhapsOff}) THEN 'gone'`}
    WHEN NOT claimed THEN 'add'
    WHEN status = 'gone' THEN '${restores ? "add" : "gone"}'
    ${retryRejected ? "" : "WHEN status = 'rejected' AND j.input_hash = old_input_hash THEN 'rejected'"}
    WHEN ${rejectedAdd} THEN 'add'
    WHEN ${perhapsOff} THEN 'add'
    ${updates ? "" : "WHEN status = 'unknown' THEN 'rejoin'"}
    WHEN status = 'member' AND ${updates ? "j.input_hash = old_input_hash" : "true"} AND ${anotherPerson("old_person", "reason")} THEN 'rejoin'
    WHEN status = 'left' AND ${updates ? "j.input_hash = old_input_hash" : "true"} THEN 'rejoin'
    ELSE '${updates ? "update" : "none"}' END`;
  const leaver = `CASE
    WHEN hold = 'opted out' AND (NOT elsewhere OR origin <> 'added') THEN 'none'
    WHEN status = 'stranger' THEN '${stranger}'
    ${restores ? "" : "WHEN status = 'gone' AND NOT returned THEN 'none'"}
    WHEN ${neverDelivered} THEN 'forget'
    WHEN hold IS NOT NULL THEN 'remove'
    ${mode === "mirror" ? "WHEN origin IN ('added', 'adopted') THEN 'remove'" : ""}
    WHEN status = 'left' THEN 'none'
    ELSE 'left' END`;
  return `CASE WHEN profile IS NOT NULL THEN ${desired} ELSE ${leaver} END`;
}

function previousJoin({ previous }: Classification): string {
  return previous.table === undefined ? "" : `LEFT JOIN ${previous.table} AS p ON p.key = j.key`;
}

/** What somebody did at the destination is drift; recorded → old definition is churn, old → new is config. */
function causeSql(input: Classification): string {
  if (input.previous.firstRun) return "'config'";
  const restored = input.drift.removed === "restore" ? "status = 'gone' AND profile IS NOT NULL OR " : "";
  return `CASE WHEN ${restored}status = 'stranger' OR (origin = 'adopted' AND ${statusInSql(SURELY_ON_LIST)} AND old_input_hash IS NULL)
    THEN 'drift' ELSE ${recordedCauseSql(input)} END`;
}

function recordedCauseSql({ previous }: Classification): string {
  const unlessSwitched = "CASE WHEN profile IS NULL AND status = 'left' THEN 'config' ELSE";
  // Other values of people who stay may be the same ones, read in another way.
  const another = previous.reread ? "'config'" : "'churn'";
  if (!previous.changed)
    return `${unlessSwitched} CASE WHEN profile IS NOT NULL AND status = 'member' THEN ${another} ELSE 'churn' END END`;
  if (previous.table === undefined) return "'config'";
  return `${unlessSwitched} CASE
    WHEN profile IS NULL THEN CASE WHEN p.key IS NULL THEN 'churn' ELSE 'config' END
    WHEN NOT claimed THEN CASE WHEN p.key IS NULL THEN 'config' ELSE 'churn' END
    WHEN old_input_hash IS NULL THEN 'config'
    WHEN p.input_hash IS DISTINCT FROM old_input_hash THEN ${another}
    ELSE 'config' END END`;
}
