import type { ExportProgram } from "../../model/plan/program.js";
import { literal } from "../../plugin/relation.js";
import { personsOfSql, type KnownOptOuts } from "./earlier-addresses.js";
import type { DesiredTables } from "../desired/desired.js";
import type { Engine } from "../../engine/engine.js";
import { personHashesSql } from "./person-hash.js";

export interface OwnProfiles {
  readonly name: string;
  readonly program: ExportProgram;
  readonly tables: DesiredTables;
}

/** SELECT `key`: who opted out of whatever, was taken off whatever list, or is suppressed. */
export function unwillingSql(
  { table, handRemovals }: KnownOptOuts,
  exports: readonly { readonly tables: Pick<DesiredTables, "suppressed"> }[],
): string {
  return [
    `SELECT key FROM ${table} WHERE reason <> 'bounced'`,
    `SELECT key FROM ${handRemovals.removed}`,
    ...exports.flatMap(({ tables: { suppressed } }) =>
      suppressed === undefined ? [] : [`SELECT key FROM ${suppressed}`],
    ),
  ].join(" UNION ");
}

/**
 * Notes of these exports which addresses their profiles say to be of people who
 * said no somewhere. Another export may know somebody else alone behind such an
 * address. What was noted before stands as long as a profile says so: that the
 * person said no may be known to an export that is not part of this run.
 * `anybody`: false where it is known that nobody said no.
 */
export async function noteSharedAddresses(
  engine: Engine,
  optOuts: KnownOptOuts,
  claims: string,
  exports: readonly OwnProfiles[],
  anybody: boolean,
): Promise<void> {
  const { shared } = optOuts;
  const unwilling = unwillingSql(optOuts, exports);
  const any = anybody && (await engine.count(`SELECT count(*) FROM (${unwilling})`)) > 0;
  for (const { name, program, tables } of exports) {
    const own = `SELECT key, person_hash AS person FROM ${tables.profiles} WHERE ok`;
    const noted = `SELECT key FROM ${shared} WHERE export = ${literal(name)}`;
    if ((await engine.count(`SELECT count(*) FROM (${noted})`)) > 0) {
      const still = personHashesSql(program, `(SELECT * FROM ${tables.profiles} WHERE key IN (${noted}))`);
      await engine.run(
        `DELETE FROM ${shared} WHERE export = ${literal(name)} AND (key, person) NOT IN (SELECT (key, person) FROM (${still}) WHERE person IS NOT NULL)`,
      );
    }
    if (!any || program.person === undefined) continue;
    const persons = personsOfSql(unwilling, optOuts, tables, claims);
    await engine.run(
      `INSERT INTO ${shared} SELECT DISTINCT ${literal(name)}, p.key, p.person
       FROM (${own}) AS p SEMI JOIN (${persons}) AS u USING (person)
       ANTI JOIN (SELECT key, person FROM ${shared} WHERE export = ${literal(name)}) AS noted USING (key, person)
       WHERE p.key NOT IN (SELECT key FROM ${optOuts.table} WHERE list_id IS NULL)`,
    );
  }
}

/** SELECT `key` of addresses that whatever export knows to be of one of these people (a table with `person`). */
export function sharedWithSql({ shared }: Pick<KnownOptOuts, "shared">, persons: string): string {
  return `SELECT key FROM ${shared} WHERE person IN (SELECT person FROM ${persons})`;
}
