import { changesSql, type ChangeSetFile } from "../../reconcile/change-set/change-set.js";
import {
  addressesToKeepSql,
  unwillingPeopleSql,
  type KnownOptOuts,
} from "../../reconcile/people/earlier-addresses.js";
import { noteSharedAddresses, type OwnProfiles } from "../../reconcile/people/shared-addresses.js";
import { literal } from "../../plugin/relation.js";
import { droppedPeopleSql, type ClaimsMove } from "../../state/people/claims-mapping.js";
import { readRecordedClaims } from "../rows/load-data.js";
import type { EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/** Notes of whom the profiles of these exports know something that another export has to know, before any is compared. */
export async function noteUnwilling(
  run: Run,
  optOuts: KnownOptOuts,
  claims: string,
  exports: readonly OwnProfiles[],
): Promise<void> {
  if (exports.length === 0) return;
  const unwilling = await unwillingPeopleSql(run.engine, optOuts, claims, exports);
  if (unwilling !== undefined) await rememberAddresses(run, optOuts, unwilling);
  await noteSharedAddresses(run.engine, optOuts, claims, exports, unwilling !== undefined);
}

/** Keeps in mind whose the addresses are that no claim will name. */
export async function keepAddresses(
  run: Run,
  optOuts: KnownOptOuts,
  claims: string,
  exports: readonly EvaluatedExport[],
): Promise<void> {
  if (exports.length > 0)
    await rememberAddresses(run, optOuts, await addressesToKeepSql(run.engine, optOuts, claims, exports));
}

/** The same for those of these change sets who opted out while they were sent, and so got no claim. */
export async function keepAddressesSent(
  run: Run,
  optOuts: KnownOptOuts,
  changeSets: readonly ChangeSetFile[],
): Promise<void> {
  for (const changeSet of changeSets) {
    const sent = `SELECT key, person FROM ${changesSql(changeSet)} WHERE person IS NOT NULL`;
    await rememberAddresses(run, optOuts, `${sent} AND key IN (SELECT key FROM ${optOuts.table})`);
  }
}

/** Keeps in mind that these addresses (a SELECT of `key`, `person`) were these people's. */
export async function rememberAddresses(
  { engine, clock }: Run,
  optOuts: KnownOptOuts,
  select: string,
): Promise<void> {
  await engine.run(
    `INSERT INTO ${optOuts.addresses} SELECT key, person, CAST(${literal(clock.toISOString())} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
     FROM (${select}) ANTI JOIN ${optOuts.addresses} AS known USING (key, person)`,
  );
}

/** Keeps in mind whose the addresses are whose claims go without anybody leaving a list. */
export async function keepDropped(
  run: Run,
  accountKey: string,
  optOuts: KnownOptOuts,
  moves: readonly ClaimsMove[],
): Promise<void> {
  const dropped = droppedPeopleSql(await readRecordedClaims(run, accountKey), moves);
  if (dropped !== undefined) await rememberAddresses(run, optOuts, dropped);
}
