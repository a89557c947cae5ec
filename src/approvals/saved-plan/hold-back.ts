import { onLists, type DesiredTables } from "../../reconcile/desired/desired.js";
import { addressesOf, optedOutPersonsSql } from "../../reconcile/people/earlier-addresses.js";
import { createForgotten } from "../../reconcile/people/forgotten.js";
import { sharedWithSql } from "../../reconcile/people/shared-addresses.js";
import { literal } from "../../plugin/relation.js";
import { heededLists } from "../../planner/opt-outs/heeded-lists.js";
import type { CompiledExport, EvaluatedExport } from "../../planner/prepared.js";
import type { AccountFacts } from "../../planner/rows-from.js";
import type { Session } from "../../run/run.js";
import type { HeldByData } from "./held-by-data.js";

/** Fills `held`: who opted out or is suppressed, with whatever address, was forgotten, or does not consent any more. */
export async function holdBack(
  { engine, forgotten }: Session,
  compiled: CompiledExport,
  { changes, tables }: Pick<EvaluatedExport, "changes" | "tables">,
  { account: { optOuts, claims }, byData }: { readonly account: AccountFacts; readonly byData: HeldByData },
): Promise<void> {
  const { program, prefix } = compiled;
  const lists = heededLists(compiled);
  await engine.run(
    `CREATE TABLE ${tables.held} AS SELECT DISTINCT key, 'opted out' AS reason FROM ${optOuts.table} WHERE ${onLists(lists)}`,
  );
  const also = (reason: string, keys: string): Promise<void> =>
    engine.run(
      `INSERT INTO ${tables.held} SELECT DISTINCT key, ${literal(reason)} FROM (${keys}) WHERE key NOT IN (SELECT key FROM ${tables.held})`,
    );
  const ofPersons = async (reason: string, suppressed: string | undefined): Promise<void> => {
    if (program.person === undefined) return;
    const known = { profiles: await knownProfiles(engine, compiled, tables, byData), suppressed };
    const persons = optedOutPersonsSql({ ...optOuts, lists }, known, claims);
    const named = `${prefix}_opted_out_persons`;
    const addresses = await addressesOf(engine, named, persons, tables, program);
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
async function knownProfiles(
  engine: Session["engine"],
  { prefix }: CompiledExport,
  { profiles }: DesiredTables,
  { tables }: HeldByData,
): Promise<string> {
  if (tables === undefined) return profiles;
  const view = `${prefix}_known_profiles`;
  const parts = [profiles, tables.profiles].map(
    (table) => `SELECT key, ok, person, person_hash FROM ${table}`,
  );
  await engine.run(`CREATE OR REPLACE VIEW ${view} AS ${parts.join(" UNION ALL ")}`);
  return view;
}
