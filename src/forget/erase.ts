import { join } from "node:path";
import { literal } from "../plugin/relation.js";
import { ledgerViewSql, writeBaseSql } from "../state/people/ledger.js";
import { handRemovalsViewSql, optOutsViewSql, optOutsWithoutSql } from "../state/people/opt-outs.js";
import { accountState, type AccountState } from "../state/root/root.js";
import type { HeldAccount } from "../state/store.js";
import { ensureAccountEntry, storeBase } from "../apply/record/fold-ledger.js";
import { fetchLedgerFiles } from "../run/ledger-files.js";
import type { Run } from "../run/run.js";

const THEIRS = "key IN (SELECT key FROM forget_people)";

export interface ErasedRows {
  readonly memberships: number;
  readonly optOuts: number;
}

/**
 * Drops the people from the ledger, the opt-outs and the hand removals of an
 * account. Neither is lost by that: whoever is forgotten is held back everywhere, for good.
 */
export async function eraseFromAccount(
  run: Run,
  key: string | undefined,
  holder: HeldAccount | undefined,
  prefix: string,
): Promise<ErasedRows> {
  const { state, signal } = run;
  const account = key === undefined ? undefined : accountState(state.root, key);
  if (key === undefined || account === undefined || holder === undefined)
    return { memberships: 0, optOuts: 0 };
  const ledger = await withoutMemberships(run, account, prefix);
  const optOuts = await withoutOptOuts(run, account, prefix);
  if (ledger.next !== undefined || optOuts.next !== undefined) {
    await holder.update((root) => {
      const entry = ensureAccountEntry(root, key);
      if (ledger.next !== undefined) entry.ledger = ledger.next;
      if (optOuts.next !== undefined) entry.optOuts = optOuts.next;
    }, signal);
  }
  return { memberships: ledger.rows, optOuts: optOuts.rows };
}

/** One new base in place of base and deltas, if any of them holds somebody. */
async function withoutMemberships(
  run: Run,
  { ledger }: AccountState,
  prefix: string,
): Promise<{ rows: number; next: AccountState["ledger"] | undefined }> {
  const { engine, scratch } = run;
  const files = await fetchLedgerFiles(run, ledger);
  const paths = [...(files.base === undefined ? [] : [files.base]), ...files.deltas];
  if (paths.length === 0) return { rows: 0, next: undefined };
  const all = paths.map((path) => `SELECT key FROM read_parquet(${literal(path)})`).join(" UNION ALL ");
  if ((await engine.count(`SELECT count(*) FROM (${all}) WHERE ${THEIRS}`)) === 0)
    return { rows: 0, next: undefined };
  const claims = ledgerViewSql(files);
  const rows = await engine.count(`SELECT count(*) FROM (${claims}) WHERE ${THEIRS}`);
  const base = join(scratch, `${prefix}-base.parquet`);
  await engine.run(writeBaseSql(`SELECT * FROM (${claims}) WHERE NOT (${THEIRS})`, base));
  return { rows, next: await storeBase(run, base) };
}

async function withoutOptOuts(
  { engine, state, scratch, signal }: Run,
  { optOuts }: AccountState,
  prefix: string,
): Promise<{ rows: number; next: AccountState["optOuts"] }> {
  if (optOuts === undefined) return { rows: 0, next: undefined };
  const path = join(scratch, `${prefix}-opt-outs.parquet`);
  await state.fetchBlob(optOuts.blob, path, signal);
  const held = await engine.count(`SELECT count(*) FROM read_parquet(${literal(path)}) WHERE ${THEIRS}`);
  if (held === 0) return { rows: 0, next: undefined };
  const all = `SELECT key FROM (${optOutsViewSql(path)}) UNION ALL SELECT key FROM (${handRemovalsViewSql(path)})`;
  const rows = await engine.count(`SELECT count(*) FROM (${all}) WHERE ${THEIRS}`);
  const kept = join(scratch, `${prefix}-opt-outs-kept.parquet`);
  await engine.run(optOutsWithoutSql(path, "SELECT key FROM forget_people", kept));
  return { rows, next: { ...optOuts, blob: await state.putBlobFile("opt-outs", kept, signal) } };
}
