import type { ExportProgram } from "../../model/plan/program.js";
import type { DesiredTables } from "../desired/desired.js";
import type { KnownOptOuts } from "./earlier-addresses.js";
import type { Engine } from "../../engine/engine.js";
import { isOlderHashSql, olderHashesSql, personHashesSql } from "./person-hash.js";

/** People who said no while a run was at work, and the addresses that are theirs by somebody's profiles. */
export interface SaidNo {
  /** Table `person`, `list_id` (NULL = everywhere). */
  readonly persons: string;
  /** Table `key`, `list_id`. */
  readonly addresses: string;
}

/**
 * Makes these tables of whoever opted out since `before` (a table as that of the
 * opt-outs), by what is remembered, claimed and known to these exports of whose
 * the addresses are; undefined when nobody did. A bounce says nothing about
 * anybody's will.
 */
export async function createSaidNo(
  engine: Engine,
  prefix: string,
  { table, addresses }: Pick<KnownOptOuts, "table" | "addresses">,
  before: string,
  {
    claims,
    exports,
  }: {
    readonly claims: string;
    readonly exports: readonly { readonly program: ExportProgram; readonly tables: DesiredTables }[];
  },
): Promise<SaidNo | undefined> {
  const tables = { persons: `${prefix}_unwilling`, addresses: `${prefix}_of_unwilling` };
  const since = `${prefix}_opted_out_since`;
  const places = (of: string): string => `SELECT key, list_id FROM ${of} WHERE reason <> 'bounced'`;
  await engine.run(`CREATE OR REPLACE TABLE ${since} AS ${places(table)} EXCEPT ${places(before)}`);
  if ((await engine.count(`SELECT count(*) FROM ${since}`)) === 0) return undefined;
  const knowing = exports.filter(({ program }) => program.person !== undefined);
  const profiles = knowing.map(
    ({ tables: { profiles: all } }) =>
      `SELECT key, person_hash AS person FROM ${all} WHERE ok AND key IN (SELECT key FROM ${since})`,
  );
  const known = [addresses, claims].map((rows) => `SELECT key, person FROM ${rows}`);
  await engine.run(
    `CREATE OR REPLACE TABLE ${tables.persons} AS SELECT DISTINCT person, list_id
     FROM (${[...known, ...profiles].join(" UNION ALL ")}) JOIN ${since} USING (key) WHERE person IS NOT NULL`,
  );
  const older =
    (await engine.count(`SELECT count(*) FROM ${tables.persons} WHERE ${isOlderHashSql("person")}`)) > 0;
  const theirs = knowing.flatMap(({ program, tables: { profiles: all, byFormerId } }) => [
    personHashesSql(program, all),
    ...(byFormerId === undefined ? [] : [`SELECT key, person FROM ${byFormerId}`]),
    ...(older ? [olderHashesSql(all)] : []),
  ]);
  await engine.run(
    theirs.length === 0
      ? `CREATE OR REPLACE TABLE ${tables.addresses} AS SELECT key, list_id FROM ${since} WHERE false`
      : `CREATE OR REPLACE TABLE ${tables.addresses} AS SELECT DISTINCT key, list_id
         FROM (${theirs.join(" UNION ALL ")}) JOIN ${tables.persons} USING (person)`,
  );
  return tables;
}
