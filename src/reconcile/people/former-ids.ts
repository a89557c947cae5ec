import type { ExportProgram } from "../../model/plan/program.js";
import { identifier } from "../../plugin/relation.js";
import { withSegmentsSql } from "../desired/desired-sql.js";
import { idSql } from "../desired/doubtful-ids.js";
import type { Engine } from "../../engine/engine.js";
import { textOfForgottenId, type ForgottenAmong } from "./forgotten.js";
import { hashesAmongSql, hashOfIdSql, olderHashesSql, personHashesSql } from "./person-hash.js";
import type { DesiredTables } from "../desired/desired.js";
import { unwillingSql } from "./shared-addresses.js";
import type { KnownPeople } from "./taken-off.js";
import { runUserQuery } from "../desired/user-query.js";

/**
 * Makes a table of the profiles of people who are known (a SELECT with
 * `person`) by the ids that they had under another `match.id` (`former`, SQL):
 * `key`, `today` (hash of today's id; NULL where there is none) and `person` (of
 * the former one, in every form that state may have). Returns whether anybody
 * has such an id at all.
 */
export async function createFormerIds(
  engine: Engine,
  table: string,
  {
    program,
    former,
    older,
    known,
  }: {
    readonly program: ExportProgram;
    readonly former: string;
    readonly older: boolean;
    readonly known: string;
  },
): Promise<boolean> {
  const segments = program.segments.map(({ view }) => view);
  const both = `${table}_both`;
  await runUserQuery(engine, { ...program, person: former }, segments, () =>
    engine.keepOuter(both, bothIdsSql(program, former)),
  );
  // In the place of an address stands what belongs to the id.
  const people = `(SELECT {'address': address, 'id': id} AS key, former AS person, ${hashOfIdSql("former")} AS person_hash, true AS ok FROM ${both}) AS people`;
  const hashes = `${personHashesSql({ person: former }, people)}${older ? ` UNION ALL ${olderHashesSql(people)}` : ""}`;
  await engine.run(
    `CREATE OR REPLACE VIEW ${everybody(table)} AS SELECT key.address AS key, key.id AS id, person FROM (${hashes}) WHERE person IS NOT NULL`,
  );
  // Of those who are not known nobody asks for today's hash, which takes time.
  await engine.keep(
    table,
    `SELECT key, ${hashOfIdSql("id")} AS today, person
     FROM (SELECT * FROM ${everybody(table)} WHERE person IN (SELECT person FROM (${known})))`,
  );
  return (await engine.count(`SELECT count(*) FROM (SELECT 1 FROM ${everybody(table)} LIMIT 1)`)) > 0;
}

/** Name of a view `key`, `id` (today's), `person` of all profiles. */
function everybody(table: string): string {
  return `${table}_of_all`;
}

/** SELECT `key`, `person` of addresses that are known (a SELECT of the same) by the ids of such a table, by those of today. */
export function addressesUnderFormerIdsSql(table: string, profiles: string, known: string): string {
  return `SELECT DISTINCT k.key, i.today AS person FROM (${known}) AS k
    JOIN (SELECT DISTINCT today, person FROM ${table} WHERE today IS NOT NULL) AS i ON i.person = k.person
    ANTI JOIN (SELECT key, person_hash AS person FROM ${profiles} WHERE ok) AS o ON o.key = k.key AND o.person = i.today`;
}

/** SELECT `key`, `person` of the valid addresses in such a table that have no id today. */
export function addressesWithoutIdSql(table: string, profiles: string): string {
  return `SELECT DISTINCT key, person FROM ${table} WHERE today IS NULL AND key IN (SELECT key FROM ${profiles} WHERE ok)`;
}

/** SELECT `key` of the profiles of people whose former id was forgotten as that of somebody who had opted out. */
export async function forgottenByFormerIdsSql(
  engine: Engine,
  table: string,
  profiles: string,
  among: ForgottenAmong,
): Promise<string> {
  const ids = `SELECT key AS address, id, '${textOfForgottenId("")}' || person AS key FROM ${everybody(table)}`;
  const forgotten = `${table}_forgotten`;
  await engine.run(`CREATE OR REPLACE TABLE ${forgotten} AS ${among(`SELECT key FROM (${ids})`)}`);
  const theirs = `${table}_of_forgotten`;
  await engine.run(
    `CREATE OR REPLACE TABLE ${theirs} AS SELECT address, ${hashOfIdSql("id")} AS today FROM (${ids}) WHERE key IN (SELECT key FROM ${forgotten})`,
  );
  return `SELECT DISTINCT key FROM ${profiles} WHERE ok
    AND (key IN (SELECT address FROM ${theirs}) OR person_hash IN (SELECT today FROM ${theirs}))`;
}

/** Of all reasons this is the first one. */
export async function holdForgotten(
  engine: Engine,
  { held }: Pick<DesiredTables, "held">,
  keys: string,
): Promise<void> {
  await engine.run(`DELETE FROM ${held} WHERE key IN (${keys})`);
  await engine.run(`INSERT INTO ${held} SELECT key, 'forgotten', false FROM (${keys})`);
}

/** SELECT `key`, `person` of the addresses of which it is known whose they are. */
export function knownPersonsSql({ optOuts, claims }: KnownPeople): string {
  return `SELECT key, person FROM ${claims} WHERE person IS NOT NULL UNION SELECT key, person FROM ${optOuts.addresses}`;
}

/** People who said no and are known by something else than the id that today's profile of the same address gives. */
export async function countUnwilling(
  engine: Engine,
  program: ExportProgram,
  { profiles, suppressed }: DesiredTables,
  account: KnownPeople,
): Promise<number> {
  const unwilling = unwillingSql(account.optOuts, [{ tables: { suppressed } }]);
  const known = knownPersonsSql(account);
  return engine.count(
    `SELECT count(DISTINCT person) FROM (${known}) SEMI JOIN (${unwilling}) AS u USING (key)
     ANTI JOIN (${await hashesAmongSql(engine, program, profiles, known)}) AS today USING (key, person)`,
  );
}

function bothIdsSql(program: ExportProgram, former: string): string {
  const id = program.person ?? "NULL";
  const parts = program.segments.map(
    ({ view }) =>
      `SELECT ${program.email}, CAST(${former} AS VARCHAR), typeof(${former}), CAST(${id} AS VARCHAR), typeof(${id}) FROM ${identifier(view)}`,
  );
  return `${withSegmentsSql(program)}SELECT DISTINCT key_of_folded(folded_address(raw_address)) AS address,
      ${idSql("former", "former_type")} AS former, ${idSql("id", "id_type")} AS id
    FROM (${parts.join("\nUNION ALL\n")}) AS ids(raw_address, former, former_type, id, id_type) WHERE former IS NOT NULL`;
}
