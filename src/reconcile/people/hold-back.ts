import type { Engine } from "../../engine/engine.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { literal } from "../../plugin/relation.js";
import { onListsSql, type DesiredTables } from "../desired/desired.js";
import { addressesOfPeopleSql, optedOutPersonsSql, type KnownOptOuts } from "./earlier-addresses.js";
import { createForgotten, type ForgottenAmong } from "./forgotten.js";
import { sharedWithSql } from "./shared-addresses.js";

/** A plan's export, and what came to be known since it was made. */
export interface PlannedPeople {
  readonly program: ExportProgram;
  /** As the plan had them; `held` is made. */
  readonly tables: DesiredTables;
  /** See `classifySql`. */
  readonly changes: string;
  /** Safe as part of an SQL name. */
  readonly prefix: string;
  readonly optOuts: KnownOptOuts;
  /** Lists of which an opt-out holds somebody back. */
  readonly lists: readonly string[];
  /** View of the account's claims. */
  readonly claims: string;
  readonly forgotten: ForgottenAmong | undefined;
  /** What the user's own data says by now. */
  readonly byData: {
    /** Tables of today's profiles and suppressions; undefined where they were not read. */
    readonly tables: DesiredTables | undefined;
    /** SELECT of `key`, `reason`; undefined for nobody. */
    readonly held: string | undefined;
  };
}

/** Makes the table of who may not be sent any more: who opted out or is suppressed, with whatever address, was forgotten, or does not consent any more. */
export async function createHeldSince(engine: Engine, people: PlannedPeople): Promise<void> {
  const { program, tables, changes, prefix, optOuts, lists, claims, forgotten, byData } = people;
  await engine.run(
    `CREATE TABLE ${tables.held} AS SELECT DISTINCT key, 'opted out' AS reason FROM ${optOuts.table} WHERE ${onListsSql(lists)}`,
  );
  const also = (reason: string, keys: string): Promise<void> =>
    engine.run(
      `INSERT INTO ${tables.held} SELECT DISTINCT key, ${literal(reason)} FROM (${keys}) WHERE key NOT IN (SELECT key FROM ${tables.held})`,
    );
  const ofPersons = async (reason: string, suppressed: string | undefined): Promise<void> => {
    if (program.person === undefined) return;
    const known = { profiles: await createKnownProfiles(engine, people), suppressed };
    const persons = optedOutPersonsSql({ ...optOuts, lists }, known, claims);
    const named = `${prefix}_opted_out_persons`;
    const addresses = await addressesOfPeopleSql(engine, named, persons, tables, program);
    await also(reason, `${addresses} UNION ${sharedWithSql(optOuts, named)}`);
  };
  await ofPersons("address changed after opt-out", undefined);
  if (forgotten !== undefined) {
    await createForgotten(engine, `${prefix}_forgotten`, tables.profiles, program, forgotten);
    await also(
      "forgotten",
      `SELECT key FROM ${prefix}_forgotten UNION ${forgotten(`SELECT key FROM ${changes}`)}`,
    );
  }
  if (byData.held === undefined) return;
  const first = `SELECT key, min(reason) AS reason FROM (${byData.held}) WHERE key IS NOT NULL GROUP BY key`;
  await engine.run(
    `INSERT INTO ${tables.held} SELECT key, reason FROM (${first}) ANTI JOIN ${tables.held} AS held USING (key)`,
  );
  await ofPersons("suppressed", byData.tables?.suppressed);
}

/** Profiles by which an address is known to be somebody's: those of the plan, and today's. */
async function createKnownProfiles(
  engine: Engine,
  { prefix, tables: { profiles }, byData: { tables } }: PlannedPeople,
): Promise<string> {
  if (tables === undefined) return profiles;
  const view = `${prefix}_known_profiles`;
  const parts = [profiles, tables.profiles].map(
    (table) => `SELECT key, ok, person, person_hash FROM ${table}`,
  );
  await engine.run(`CREATE OR REPLACE VIEW ${view} AS ${parts.join(" UNION ALL ")}`);
  return view;
}
