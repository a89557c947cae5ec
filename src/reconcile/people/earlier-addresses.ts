import { actionInSql, LET_GO } from "../action.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { onListsSql, type DesiredTables } from "../desired/desired.js";
import type { Engine } from "../../engine/engine.js";
import type { HandRemovals } from "./hand-removals.js";
import { formerHashesSql, isOlderHashSql, olderHashesSql, personHashesSql } from "./person-hash.js";

/** Opted-out addresses of an account, and what is known of whose they were. */
export interface KnownOptOuts {
  /** Table `key`, `list_id` (NULL = everywhere), `reason`. */
  readonly table: string;
  /** Table `key`, `person`: addresses of people who opted out or left us, kept although no claim names them any more. */
  readonly addresses: string;
  readonly handRemovals: HandRemovals;
  /** Table `export`, `key`, `person`: addresses that an export knows to be of people who said no; see `noteSharedAddresses`. */
  readonly shared: string;
}

/**
 * SELECT `person` of everybody who opted out of one of these lists, or is
 * suppressed, with any address that was ever known to be theirs. A bounce says that an
 * address is dead and nothing about its owner's will.
 */
export function optedOutPersonsSql(
  optOuts: KnownOptOuts & { readonly lists: readonly string[] },
  { profiles, suppressed }: Pick<DesiredTables, "profiles" | "suppressed">,
  claims: string,
): string {
  const unwilling = [
    `SELECT key FROM ${optOuts.table} WHERE reason <> 'bounced' AND ${onListsSql(optOuts.lists)}`,
    ...(suppressed === undefined ? [] : [`SELECT key FROM ${suppressed}`]),
  ].join(" UNION ");
  return personsOfSql(unwilling, optOuts, { profiles }, claims);
}

/** SELECT `person` of everybody of whom one of these addresses (a SELECT of `key`) was ever known. */
export function personsOfSql(
  keys: string,
  { addresses }: Pick<KnownOptOuts, "addresses">,
  { profiles }: Pick<DesiredTables, "profiles">,
  claims: string,
): string {
  return `SELECT DISTINCT person FROM (
      SELECT key, person FROM ${addresses}
      UNION ALL SELECT key, person FROM ${claims}
      UNION ALL SELECT key, person_hash FROM ${profiles} WHERE ok
    ) SEMI JOIN (${keys}) AS u USING (key) WHERE person IS NOT NULL`;
}

/**
 * SELECT `key` of the addresses that have a profile of one of these people (a
 * SELECT of `person`), also where another profile wins. `persons` becomes a table.
 */
export async function addressesOfPeopleSql(
  engine: Engine,
  table: string,
  persons: string,
  { profiles, byFormerId }: Pick<DesiredTables, "profiles" | "byFormerId">,
  program: ExportProgram,
): Promise<string> {
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${persons}`);
  const today = `SELECT key, person_hash AS person FROM ${profiles} WHERE ok`;
  // Whom today's form of an id names is known by no other one.
  const others = await engine.count(`SELECT count(*) FROM ${table} ANTI JOIN (${today}) AS t USING (person)`);
  const hashes = `${others === 0 ? today : personHashesSql(program, profiles)}${byFormerId === undefined ? "" : ` UNION ALL SELECT key, person FROM ${byFormerId}`}`;
  const known = `SELECT key FROM (${hashes}) WHERE person IN (SELECT person FROM ${table})`;
  const older = `SELECT person FROM ${table} WHERE ${isOlderHashSql("person")}`;
  if ((await engine.count(`SELECT count(*) FROM (${older})`)) === 0)
    return `SELECT DISTINCT * FROM (${known})`;
  return `${known} UNION SELECT key FROM (${olderHashesSql(profiles)}) WHERE person IN (${older})`;
}

/** SELECT `key` of all addresses that said no, bounced or are suppressed. */
function unwillingKeysSql(
  optOuts: KnownOptOuts,
  exports: readonly { readonly tables: Pick<DesiredTables, "suppressed"> }[],
): string {
  return [
    `SELECT key FROM ${optOuts.table}`,
    `SELECT key FROM ${optOuts.handRemovals.removed}`,
    ...exports.flatMap(({ tables: { suppressed } }) =>
      suppressed === undefined ? [] : [`SELECT key FROM ${suppressed}`],
    ),
  ].join(" UNION ");
}

/**
 * SELECT `key`, `person` of addresses that said no, with everybody whose they are by claims and by the profiles of
 * these exports; undefined when nobody said no.
 */
export async function unwillingPeopleSql(
  engine: Engine,
  optOuts: KnownOptOuts,
  claims: string,
  exports: readonly { readonly program: ExportProgram; readonly tables: DesiredTables }[],
): Promise<string | undefined> {
  const unwilling = unwillingKeysSql(optOuts, exports);
  if ((await engine.count(`SELECT count(*) FROM (${unwilling})`)) === 0) return undefined;
  const people = exports
    .filter(({ program }) => program.person !== undefined)
    .map(({ tables }) => `SELECT key, person_hash AS person FROM ${tables.profiles} WHERE ok`);
  return `SELECT DISTINCT key, person FROM (${[`SELECT key, person FROM ${claims}`, ...people].join(" UNION ALL ")})
    SEMI JOIN (${unwilling}) AS u USING (key) WHERE person IS NOT NULL`;
}

/**
 * SELECT `key`, `person` of the addresses to remember from here on, because no
 * claim will name them so: held back from the start, about to be let go, shared
 * with the person whom the claim names, or handed on to that person.
 */
export async function addressesToKeepSql(
  engine: Engine,
  optOuts: KnownOptOuts,
  claims: string,
  exports: readonly {
    readonly program: ExportProgram;
    readonly tables: DesiredTables;
    readonly changes: string;
  }[],
): Promise<string> {
  const leaving = exports.map(
    ({ changes }) =>
      `SELECT key, old_person AS person FROM ${changes} WHERE claimed AND ${actionInSql(LET_GO)}`,
  );
  const others: string[] = [];
  for (const { program, tables, changes } of exports) {
    if (program.person !== undefined) others.push(...(await selectPeopleOfOthers(engine, tables, changes)));
  }
  const unwilling = (await unwillingPeopleSql(engine, optOuts, claims, exports)) ?? [];
  const all = [unwilling, ...leaving, ...others].flat();
  return `SELECT DISTINCT key, person FROM (${all.join(" UNION ALL ")}) WHERE person IS NOT NULL`;
}

/** People of whose address the record or a winning profile names another one, by those parts that have anybody. */
async function selectPeopleOfOthers(
  engine: Engine,
  tables: DesiredTables,
  changes: string,
): Promise<string[]> {
  const handed = `SELECT key, old_person AS person FROM ${changes} WHERE claimed AND old_person <> person_hash AND profile IS NOT NULL AND action <> 'none'`;
  const counts = await engine.row<Record<"handed" | "older" | "lost", number>>(
    `SELECT count(*) AS handed, count(*) FILTER (${isOlderHashSql("person")}) AS older,
      (SELECT count(*) FROM ${tables.losers}) AS lost FROM (${handed})`,
  );
  return [
    ...(counts.lost === 0 ? [] : [sharedSql(tables)]),
    ...(counts.handed === 0 ? [] : [handedOnSql(tables, handed, counts.older > 0)]),
  ];
}

/** People with an address on which another one's profile wins. */
function sharedSql({ profiles, losers }: DesiredTables): string {
  const of = (rows: string): string =>
    `SELECT key, person_hash AS person FROM ${profiles} WHERE ok AND ${rows}`;
  const lost = `row IN (SELECT row FROM ${losers})`;
  return `SELECT * FROM (${of(lost)}) ANTI JOIN (${of(`NOT ${lost} AND key IN (SELECT key FROM ${profiles} WHERE ${lost})`)}) AS won USING (key, person)`;
}

/** People whose address is another one's by now. A hash that was made of another form of the same id is nobody else. */
function handedOnSql({ profiles }: DesiredTables, handed: string, hasOlder: boolean): string {
  const older = `SELECT key FROM (${handed}) WHERE ${isOlderHashSql("person")}`;
  const of = (keys: string): string => `(SELECT * FROM ${profiles} SEMI JOIN (${keys}) AS h USING (key))`;
  const same = [formerHashesSql(of(handed)), ...(hasOlder ? [olderHashesSql(of(older))] : [])];
  return `SELECT * FROM (${handed}) ANTI JOIN (${same.join(" UNION ALL ")}) AS same USING (key, person)`;
}
