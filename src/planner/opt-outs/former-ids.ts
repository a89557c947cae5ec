import type { DesiredTables } from "../../reconcile/desired/desired.js";
import type { KnownOptOuts } from "../../reconcile/people/earlier-addresses.js";
import {
  addressesUnderFormerIds,
  addressesWithoutId,
  createFormerIds,
  forgottenByFormerIds,
} from "../../reconcile/people/former-ids.js";
import { unwillingSql } from "../../reconcile/people/shared-addresses.js";
import { hashesAmong, isOlderHash } from "../../reconcile/people/person-hash.js";
import { unlessFailed } from "../../model/unless-failed.js";
import { ask } from "../../plan/checks/check.js";
import { formerId } from "../../plan/checks/former-id.js";
import type { FoundOnce } from "../../plan/checks/registry.js";
import type { ExportProgram } from "../../model/program.js";
import { rememberAddresses } from "./opt-outs.js";
import type { CompiledExport } from "../prepared.js";
import type { Session } from "../../run/run.js";

export interface Bridged {
  /** With `byFormerId`. */
  readonly tables: DesiredTables;
  readonly checks: readonly FoundOnce[];
  /** Former ids that cannot be computed any more although somebody may be known by them. */
  readonly lostIds: readonly string[];
}

interface Known {
  readonly optOuts: KnownOptOuts;
  readonly claims: string;
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
  session: Session,
  { formerIds, program, prefix }: CompiledExport,
  tables: DesiredTables,
  account: Known,
): Promise<Bridged> {
  const { engine, forgotten } = session;
  if (formerIds.length === 0 || program.person === undefined) return { tables, checks: [], lostIds: [] };
  const known = knownSql(account);
  const older = (await engine.count(`SELECT count(*) FROM (${known}) WHERE ${isOlderHash("person")}`)) > 0;
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
    await rememberAddresses(session, account.optOuts, addressesUnderFormerIds(table, tables.profiles, known));
    await engine.run(`INSERT INTO ${byFormerId} ${addressesWithoutId(table, tables.profiles)}`);
    if (forgotten?.ids !== undefined && forgotten.ids > 0)
      await holdForgotten(
        session,
        tables,
        await forgottenByFormerIds(engine, table, tables.profiles, forgotten),
      );
  }
  return { tables: { ...tables, byFormerId }, ...(await checkLost(session, program, lost, tables, account)) };
}

async function checkLost(
  session: Session,
  program: ExportProgram,
  lost: readonly string[],
  tables: DesiredTables,
  account: Known,
): Promise<Omit<Bridged, "tables">> {
  const none = { checks: [], lostIds: [] };
  if (lost.length === 0 || (await session.engine.count(`SELECT count(*) FROM ${tables.profiles}`)) === 0)
    return none;
  const unwilling = await countUnwilling(session, program, tables, account);
  const checks = ask(formerId, { lost, unwilling, forgotten: session.forgotten?.ids ?? 0 });
  return checks.length === 0 ? none : { checks, lostIds: lost };
}

function knownSql({ optOuts, claims }: Known): string {
  return `SELECT key, person FROM ${claims} WHERE person IS NOT NULL UNION SELECT key, person FROM ${optOuts.addresses}`;
}

/** Of all reasons this is the first one. */
async function holdForgotten({ engine }: Session, { held }: DesiredTables, keys: string): Promise<void> {
  await engine.run(`DELETE FROM ${held} WHERE key IN (${keys})`);
  await engine.run(`INSERT INTO ${held} SELECT key, 'forgotten', false FROM (${keys})`);
}

/** People who said no and are known by something else than the id that today's profile of the same address gives. */
async function countUnwilling(
  { engine }: Session,
  program: ExportProgram,
  { profiles, suppressed }: DesiredTables,
  account: Known,
): Promise<number> {
  const unwilling = unwillingSql(account.optOuts, [{ tables: { suppressed } }]);
  const known = knownSql(account);
  return engine.count(
    `SELECT count(DISTINCT person) FROM (${known}) SEMI JOIN (${unwilling}) AS u USING (key)
     ANTI JOIN (${await hashesAmong(engine, program, profiles, known)}) AS today USING (key, person)`,
  );
}
