import { actionInSql, AS_KNOWN, DELIVERED } from "../action.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { Codec } from "../../plugin/codec.js";
import { literal } from "../../plugin/relation.js";
import { FAULT_STEP } from "./misfit.js";
import { finalColumnsSql, fingerprintsSql } from "../desired/desired-sql.js";

/**
 * The rows of one export that may be sent, with what is sent: every column of
 * the change set but the batch. Only here are phones parsed and payloads built,
 * so unchanged people cost nothing.
 *
 * An update whose payload is the one last delivered becomes the action
 * `refresh`: only the record changes. Where nothing is sent otherwise, the
 * record keeps what was last sent, so that a mode that sends finds the difference.
 */
export function changeSetSql(
  exportName: string,
  program: ExportProgram,
  codec: Codec,
  tables: {
    readonly changes: string;
    readonly profiles: string;
    readonly sharedPhones: string | undefined;
    readonly observed: string | undefined;
  },
): string {
  const built = builtSql(
    program,
    codec,
    `SELECT * EXCLUDE (row) FROM ${tables.changes} WHERE ${actionInSql(DELIVERED)}`,
    tables,
  );
  // Only people whose stored attributes were read can be found to need nothing.
  const compared =
    tables.observed === undefined
      ? ""
      : ` LEFT JOIN (SELECT key, observed FROM ${tables.observed} WHERE observed IS NOT NULL) AS o
          ON o.key = CASE WHEN b.on_list AND (NOT b.claimed OR b.status = 'unknown' OR b.old_input_hash IS NULL) THEN b.key END`;
  const alreadyThere =
    tables.observed === undefined ? "false" : `coalesce(o.key IS NOT NULL AND (${codec.matches}), false)`;
  return `SELECT ${literal(exportName)} AS export,
      CASE WHEN action = 'update' AND delivered_hash = old_delivered_hash AND status <> 'unknown' AND NOT drifted OR ${actionInSql(DELIVERED)} AND already_there THEN 'refresh' ELSE action END AS action,
      CASE WHEN drifted AND delivered_hash = old_delivered_hash THEN 'drift' ELSE cause END AS cause, withdrawn, key, contact_id, coalesce(person_hash, old_person) AS person, payload, grp, input_hash, delivered_hash,
      fields, old_fields, old_delivered_hash, coalesce(origin, CASE WHEN on_list THEN 'found' ELSE 'added' END) AS origin, status, first_at, misfits, phone_shared
    FROM (SELECT b.*, hash16(payload) AS delivered_hash,
        ${alreadyThere} AS already_there FROM (${built}) AS b${compared})
    UNION ALL BY NAME
    SELECT ${literal(exportName)} AS export, action, cause, withdrawn, key, contact_id, coalesce(person_hash, old_person) AS person,
      CAST(NULL AS VARCHAR) AS payload, '' AS grp, ${knownOnly("old_input_hash")} AS input_hash, ${knownOnly("old_delivered_hash")} AS delivered_hash,
      old_fields AS fields, old_fields, old_delivered_hash, coalesce(origin, 'found') AS origin, status, first_at
    FROM ${tables.changes} WHERE ${actionInSql(AS_KNOWN)}`;
}

/**
 * `rows` (a SELECT with `profile`, without the columns of profiles but `key`
 * and `input_hash`) and what is sent for each: `payload`, `grp`, `fields`,
 * `misfits`, `phone_shared`.
 */
export function builtSql(
  program: ExportProgram,
  codec: Pick<Codec, "payload" | "group">,
  rows: string,
  tables: { readonly profiles: string; readonly sharedPhones: string | undefined },
): string {
  const shared = tables.sharedPhones;
  const columns = finalColumnsSql(program, "t");
  // A number that others have too is left out, and counted apart from values that do not fit.
  const sharing = program.attributes.flatMap((attribute, index) =>
    attribute.sms && shared !== undefined
      ? [`coalesce(a${index} IN (SELECT phone FROM ${shared}), false)`]
      : [],
  );
  const unshared = program.attributes.flatMap((attribute, index) =>
    attribute.sms && shared !== undefined
      ? [`CASE WHEN a${index} IN (SELECT phone FROM ${shared}) THEN NULL ELSE a${index} END AS a${index}`]
      : [],
  );
  const replace = unshared.length === 0 ? "" : ` REPLACE (${unshared.join(", ")})`;
  // Phones are parsed once: whether one misfits is read off the result.
  const misfits = program.attributes.map(({ country, type }, index) => {
    const numberFault = type === "number" ? `v${index} IS NOT NULL` : undefined;
    const which = country === undefined ? numberFault : `phone_fault(v${index}, k${index})`;
    const fault = which === undefined ? "" : ` + ${FAULT_STEP} * CAST(${which} AS SMALLINT)`;
    return `CASE WHEN b${index} OR (v${index} IS NOT NULL AND a${index} IS NULL) THEN ${index}${fault} END`;
  });
  const carried = program.attributes.flatMap(({ country }, index) => [
    `t.v${index}`,
    `t.b${index}`,
    ...(country === undefined ? [] : [`t.k${index}`]),
  ]);
  const sent = `SELECT c.*, ${["t.person", ...carried, ...columns].join(", ")}
    FROM (${rows}) AS c JOIN ${tables.profiles} AS t ON t.row = c.profile`;
  return `SELECT *, ${codec.payload} AS payload, ${codec.group} AS grp, ${fingerprintsSql(program)} AS fields
    FROM (SELECT *${replace} FROM (
      SELECT *, list_filter(CAST([${misfits.join(", ")}] AS SMALLINT[]), x -> x IS NOT NULL) AS misfits,
        ${sharing.length === 0 ? "false" : sharing.join(" OR ")} AS phone_shared FROM (${sent})))`;
}

/** An update whose outcome stayed unknown, in a mode that sends none: nobody knows what is stored, so that a mode that sends does so. */
function knownOnly(hash: string): string {
  return `CASE WHEN action = 'rejoin' AND status = 'unknown' THEN NULL ELSE ${hash} END`;
}
