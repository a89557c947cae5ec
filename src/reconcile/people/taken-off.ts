import type { Engine } from "../../engine/engine.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { literal, type Relation } from "../../plugin/relation.js";
import { deliverableSql, type DesiredTables } from "../desired/desired.js";
import { addressesOfPeopleSql, personsOfSql, type KnownOptOuts } from "./earlier-addresses.js";
import { isOnListSql, noteHandRemovals, wasOnListSql, type HandRemovals } from "./hand-removals.js";
import { hashesAmongSql } from "./person-hash.js";
import { sharedWithSql } from "./shared-addresses.js";

/** An export as far as people whom others took off its list are concerned. */
export interface AddingExport {
  readonly name: string;
  readonly program: ExportProgram;
  readonly tables: DesiredTables;
  /** Safe as part of an SQL name. */
  readonly prefix: string;
}

/** What is known at an account. */
export interface KnownPeople {
  readonly optOuts: KnownOptOuts;
  /** View of the account's claims. */
  readonly claims: string;
}

/**
 * Table `key` of whom an export must not add because somebody else took them,
 * with whatever address, off one of these lists; undefined when there is nobody.
 */
export async function createTakenOff(
  engine: Engine,
  { program, tables, prefix }: Omit<AddingExport, "name">,
  { optOuts, claims }: KnownPeople,
  lists: readonly string[],
): Promise<string | undefined> {
  if (lists.length === 0) return undefined;
  const keys = `SELECT key FROM ${optOuts.handRemovals.removed} WHERE list_id IN (${lists.map(literal).join(", ")})`;
  if ((await engine.count(`SELECT count(*) FROM (${keys})`)) === 0) return undefined;
  const table = `${prefix}_taken_off`;
  const named = `${prefix}_taken_off_persons`;
  const persons = personsOfSql(keys, optOuts, tables, claims);
  const also =
    program.person === undefined
      ? ""
      : ` UNION ${await addressesOfPeopleSql(engine, named, persons, tables, program)} UNION ${sharedWithSql(optOuts, named)}`;
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${keys}${also}`);
  return table;
}

/** A list, and how its account shows what was written. */
export interface ShownList {
  readonly listId: string;
  readonly readAt: Date;
  readonly lagSeconds: number;
}

/**
 * Notes who is recorded on a list by whatever export and is not among those who
 * were read of all of it (a table with `key`). `recorded`: a SELECT of the
 * account's claims as they are stored.
 */
export async function noteMissing(
  engine: Engine,
  handRemovals: HandRemovals,
  { listId, readAt, lagSeconds }: ShownList,
  recorded: string,
  observed: string,
): Promise<void> {
  const missing = `SELECT key, list_id FROM (${recorded}) AS c
    WHERE list_id = ${literal(listId)} AND ${wasOnListSql("c", readAt, lagSeconds)} AND key NOT IN (SELECT key FROM ${observed})`;
  await noteHandRemovals(engine, handRemovals, missing, readAt);
}

/**
 * Table `before`, `now` of people who are to be added, and of whom some export's
 * record says that they are on that very list: the address that is there, and
 * the one that would be added. Undefined when there is nobody.
 */
export async function createPerhapsTakenOff(
  engine: Engine,
  { name, program, tables, prefix }: AddingExport,
  { optOuts, claims }: KnownPeople,
  { listId, readAt, lagSeconds }: ShownList,
  recorded: string,
): Promise<string | undefined> {
  const there = `${prefix}_recorded_there`;
  const known = `SELECT key, person FROM (${recorded}) AS c
    WHERE list_id = ${literal(listId)} AND ${wasOnListSql("c", readAt, lagSeconds)}
      AND key NOT IN (SELECT key FROM ${optOuts.handRemovals.removed} WHERE list_id = ${literal(listId)})`;
  // Whose an address on the list is, a claim says, or what is remembered: of a former id, for one.
  await engine.run(
    `CREATE OR REPLACE TABLE ${there} AS WITH there AS (${known})
     FROM there UNION ALL SELECT key, person FROM ${optOuts.addresses} WHERE key IN (SELECT key FROM there)`,
  );
  const wanted = `SELECT key, profile FROM (${deliverableSql(tables)}) ANTI JOIN (
    SELECT key FROM ${claims} AS c WHERE export = ${literal(name)} AND ${isOnListSql("c")}) AS own USING (key)`;
  for (const rows of [`FROM ${there}`, wanted])
    if ((await engine.count(`SELECT count(*) FROM (${rows})`)) === 0) return undefined;
  const pairs = `${prefix}_perhaps_off`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${pairs} AS WITH wanted AS (${wanted})
     SELECT key AS before, key AS now FROM wanted SEMI JOIN ${there} USING (key)${await byPersonSql(engine, program, tables, there)}`,
  );
  return (await engine.count(`SELECT count(*) FROM ${pairs}`)) === 0 ? undefined : pairs;
}

/** The same people with other addresses, as far as the export names anybody's id; goes on from `wanted`. */
async function byPersonSql(
  engine: Engine,
  program: ExportProgram,
  { profiles, byFormerId }: DesiredTables,
  there: string,
): Promise<string> {
  if (program.person === undefined) return "";
  const own = `(SELECT p.* FROM ${profiles} AS p SEMI JOIN wanted AS w ON p.row = w.profile)`;
  const former =
    byFormerId === undefined
      ? ""
      : ` UNION ALL SELECT key, person FROM ${byFormerId} WHERE key IN (SELECT key FROM wanted)`;
  return ` UNION SELECT known.key, people.key FROM (${await hashesAmongSql(engine, program, own, `FROM ${there}`)}${former}) AS people
           JOIN ${there} AS known ON known.person = people.person`;
}

/** SELECT `key` of the addresses to look for. */
export function perhapsOffSql(pairs: string): string {
  return `SELECT before AS key FROM ${pairs} UNION SELECT now FROM ${pairs}`;
}

/** Notes those of them who were found on the list with neither address. */
export async function noteTakenOff(
  engine: Engine,
  handRemovals: HandRemovals,
  { listId, readAt }: ShownList,
  pairs: string,
  found: Relation,
): Promise<void> {
  const still = `${pairs}_still_there`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${still} AS SELECT address_key(email) AS key FROM (${found.sql}) WHERE on_list AND email IS NOT NULL`,
  );
  await noteHandRemovals(
    engine,
    handRemovals,
    `SELECT before AS key, ${literal(listId)} AS list_id FROM ${pairs}
     WHERE before NOT IN (SELECT key FROM ${still}) AND now NOT IN (SELECT key FROM ${still})`,
    readAt,
  );
}
