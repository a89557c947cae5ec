import { deliverableSql } from "../../reconcile/desired/desired.js";
import { addressesOf, personsOfSql, type KnownOptOuts } from "../../reconcile/people/earlier-addresses.js";
import {
  endWhereSeen,
  isOnListSql,
  noteHandRemovals,
  wasOnListSql,
} from "../../reconcile/people/hand-removals.js";
import { hashesAmong } from "../../reconcile/people/person-hash.js";
import { sharedWithSql } from "../../reconcile/people/shared-addresses.js";
import { literal } from "../../plugin/relation.js";
import { heededLists } from "./heeded-lists.js";
import { lookUpOrRead } from "./look-up-few.js";
import { recordedClaims } from "../load-data.js";
import type { CompiledExport, EvaluatedExport } from "../prepared.js";
import type { Session } from "../../run/run.js";

export interface Against {
  readonly optOuts: KnownOptOuts;
  /** View of the account's claims. */
  readonly claims: string;
}

/**
 * Table `key` of whom an export must not add because somebody else took them,
 * with whatever address, off its list or one that it came from; undefined when
 * there is nobody, or the export puts such people back.
 */
export async function takenOffOf(
  { engine }: Session,
  compiled: CompiledExport,
  tables: Pick<EvaluatedExport["tables"], "profiles" | "byFormerId">,
  { optOuts, claims }: Against,
): Promise<string | undefined> {
  const { wanted, program, prefix, leaving } = compiled;
  const lists = heededLists(compiled);
  if (wanted.drift.removed === "restore" || leaving || lists.length === 0) return undefined;
  const keys = `SELECT key FROM ${optOuts.handRemovals.removed} WHERE list_id IN (${lists.map(literal).join(", ")})`;
  if ((await engine.count(`SELECT count(*) FROM (${keys})`)) === 0) return undefined;
  const table = `${prefix}_taken_off`;
  const named = `${prefix}_taken_off_persons`;
  const persons = personsOfSql(keys, optOuts, tables, claims);
  const also =
    program.person === undefined
      ? ""
      : ` UNION ${await addressesOf(engine, named, persons, tables, program)} UNION ${sharedWithSql(optOuts, named)}`;
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${keys}${also}`);
  return table;
}

/**
 * What a read of the list that a plan needed anyway says of hand removals: whom
 * it shows is back, and who is claimed by whatever export, and not on a list
 * that was read whole, was taken off it.
 */
export async function compareHandRemovals(
  session: Session,
  { list, open }: CompiledExport,
  observed: EvaluatedExport["observed"],
  readAt: Date,
  { handRemovals }: KnownOptOuts,
): Promise<void> {
  if (list === undefined || observed === undefined) return;
  const { lagSeconds } = open.plugin.capabilities;
  const seen = `SELECT key, ${literal(list.id)} AS list_id FROM ${observed.table} WHERE opted_out IS NULL`;
  await endWhereSeen(session.engine, handRemovals, seen, { readAt, lagSeconds });
  if (!observed.whole) return;
  const missing = `SELECT key, list_id FROM (${await recordedClaims(session, open.accountKey)}) AS c
    WHERE list_id = ${literal(list.id)} AND ${wasOnListSql("c", readAt, lagSeconds)} AND key NOT IN (SELECT key FROM ${observed.table})`;
  await noteHandRemovals(session.engine, handRemovals, missing, readAt);
}

/**
 * Looks whether people who are to be added, and of whom some export's record
 * says that they are on that very list, are there still: with this address, or
 * with one that we delivered before. Whoever is there with neither was taken off
 * by somebody else, which no earlier run may have seen.
 */
export async function noteWhoLeftBeforeAdding(
  session: Session,
  compiled: CompiledExport,
  tables: EvaluatedExport["tables"],
  { optOuts, claims }: Against,
): Promise<void> {
  const { engine } = session;
  const { wanted, program, list, open, prefix, leaving } = compiled;
  if (list === undefined || leaving || session.removalsOnly || wanted.drift.removed === "restore") return;
  const readAt = new Date();
  const { lagSeconds } = open.plugin.capabilities;
  const { removed } = optOuts.handRemovals;
  const recorded = `${prefix}_recorded_there`;
  const there = `SELECT key, person FROM (${await recordedClaims(session, open.accountKey)}) AS c
    WHERE list_id = ${literal(list.id)} AND ${wasOnListSql("c", readAt, lagSeconds)}
      AND key NOT IN (SELECT key FROM ${removed} WHERE list_id = ${literal(list.id)})`;
  // Whose an address on the list is, a claim says, or what is remembered: of a former id, for one.
  await engine.run(
    `CREATE OR REPLACE TABLE ${recorded} AS WITH there AS (${there})
     FROM there UNION ALL SELECT key, person FROM ${optOuts.addresses} WHERE key IN (SELECT key FROM there)`,
  );
  const pairs = `${prefix}_perhaps_off`;
  const { byFormerId } = tables;
  const also =
    byFormerId === undefined
      ? ""
      : ` UNION ALL SELECT key, person FROM ${byFormerId} WHERE key IN (SELECT key FROM wanted)`;
  const profiles = `(SELECT p.* FROM ${tables.profiles} AS p SEMI JOIN wanted AS w ON p.row = w.profile)`;
  const again =
    program.person === undefined
      ? ""
      : ` UNION SELECT known.key, people.key FROM (${await hashesAmong(engine, program, profiles, `FROM ${recorded}`)}${also}) AS people
           JOIN ${recorded} AS known ON known.person = people.person`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${pairs} AS WITH wanted AS (
       SELECT key, profile FROM (${deliverableSql(tables)}) ANTI JOIN (
         SELECT key FROM ${claims} AS c WHERE export = ${literal(wanted.name)} AND ${isOnListSql("c")}) AS own USING (key)
     )
     SELECT key AS before, key AS now FROM wanted SEMI JOIN ${recorded} USING (key)${again}`,
  );
  if ((await engine.count(`SELECT count(*) FROM ${pairs}`)) === 0) return;
  const people = `SELECT before AS key FROM ${pairs} UNION SELECT now FROM ${pairs}`;
  const found = await lookUpOrRead(session, compiled, list.id, people, optOuts);
  const still = `${prefix}_still_there`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${still} AS SELECT address_key(email) AS key FROM (${found.sql}) WHERE on_list AND email IS NOT NULL`,
  );
  await noteHandRemovals(
    engine,
    optOuts.handRemovals,
    `SELECT before AS key, ${literal(list.id)} AS list_id FROM ${pairs}
     WHERE before NOT IN (SELECT key FROM ${still}) AND now NOT IN (SELECT key FROM ${still})`,
    readAt,
  );
}
