import type { DesiredTables } from "../../reconcile/desired/desired.js";
import type { KnownPeople } from "../../reconcile/people/taken-off.js";
import {
  addressesUnderFormerIdsSql,
  addressesWithoutIdSql,
  countUnwilling,
  createFormerIds,
  forgottenByFormerIdsSql,
  holdForgotten,
  knownPersonsSql,
} from "../../reconcile/people/former-ids.js";
import { isOlderHashSql } from "../../reconcile/people/person-hash.js";
import { unlessFailed } from "../../model/unless-failed.js";
import { askCheck } from "../../plan/checks/check.js";
import { formerId } from "../../plan/checks/former-id.js";
import type { FoundOnce } from "../../plan/checks/registry.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { rememberAddresses } from "./keep-addresses.js";
import type { CompiledExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

export interface BridgedIds {
  /** With `byFormerId`. */
  readonly tables: DesiredTables;
  readonly checks: readonly FoundOnce[];
  /** Former ids that cannot be computed any more although somebody may be known by them. */
  readonly lostIds: readonly string[];
}

/**
 * Where `match.id` was another one before, remembers the addresses that are
 * known by people's ids of then by those of today as well, so that whoever said
 * no stays the same person, and holds back whose id of then was forgotten: in
 * every run, because whoever is not in the source now may come back. Where an
 * id of before cannot be computed any more, or nobody has one, that is a failed
 * check, unless nobody said no.
 */
export async function bridgeFormerIds(
  run: Run,
  { formerIds, program, prefix }: CompiledExport,
  tables: DesiredTables,
  account: KnownPeople,
): Promise<BridgedIds> {
  const { engine, forgotten } = run;
  if (formerIds.length === 0 || program.person === undefined) return { tables, checks: [], lostIds: [] };
  const known = knownPersonsSql(account);
  const older = (await engine.count(`SELECT count(*) FROM (${known}) WHERE ${isOlderHashSql("person")}`)) > 0;
  const byFormerId = `${prefix}_by_former_id`;
  await engine.run(`CREATE OR REPLACE TABLE ${byFormerId} (key VARCHAR, person VARCHAR)`);
  const lost: string[] = [];
  for (const [index, former] of formerIds.entries()) {
    const table = `${prefix}_former${index}`;
    const ids = { program, former, known, older: older || forgotten?.olderIds === true };
    if ((await unlessFailed(() => createFormerIds(engine, table, ids))) !== true) {
      lost.push(former);
      continue;
    }
    await rememberAddresses(run, account.optOuts, addressesUnderFormerIdsSql(table, tables.profiles, known));
    await engine.run(`INSERT INTO ${byFormerId} ${addressesWithoutIdSql(table, tables.profiles)}`);
    if (forgotten?.ids !== undefined && forgotten.ids > 0)
      await holdForgotten(
        engine,
        tables,
        await forgottenByFormerIdsSql(engine, table, tables.profiles, forgotten),
      );
  }
  return { tables: { ...tables, byFormerId }, ...(await checkLost(run, program, lost, tables, account)) };
}

async function checkLost(
  run: Run,
  program: ExportProgram,
  lost: readonly string[],
  tables: DesiredTables,
  account: KnownPeople,
): Promise<Omit<BridgedIds, "tables">> {
  const none = { checks: [], lostIds: [] };
  if (lost.length === 0 || (await run.engine.count(`SELECT count(*) FROM ${tables.profiles}`)) === 0)
    return none;
  const unwilling = await countUnwilling(run.engine, program, tables, account);
  const checks = askCheck(formerId, { lost, unwilling, forgotten: run.forgotten?.ids ?? 0 });
  return checks.length === 0 ? none : { checks, lostIds: lost };
}
