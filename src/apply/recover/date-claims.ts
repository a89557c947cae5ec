import { statusInSql } from "../../reconcile/claim-status.js";
import { isFromFuture } from "../../model/believed-time.js";
import { literal } from "../../plugin/relation.js";
import { ledgerViewSql } from "../../state/people/ledger.js";
import { accountState } from "../../state/root/root.js";
import type { HeldAccount } from "../../state/store.js";
import { fetchLedgerFiles } from "../../run/ledger-files.js";
import type { OpenConnection } from "../../run/accounts.js";
import type { Run } from "../../run/run.js";
import { ensureAccountEntry, appendToLedger } from "../record/fold-ledger.js";

/**
 * Gives claims that a clock ahead of ours has dated a time just before what a
 * read need not show yet: until their time came they would count as written a
 * moment ago, and whoever is not on the list as not on it yet, when somebody may
 * have taken them off. Returns when the last unknown outcome was recorded;
 * epoch ms.
 */
export async function dateClaims(
  run: Run,
  { open, prefix, holder }: { open: OpenConnection; prefix: string; holder: HeldAccount },
): Promise<number | undefined> {
  const { engine, state, emit, signal } = run;
  const { accountKey, plugin } = open;
  const recorded = accountState(state.root, accountKey)?.ledger;
  if (recorded === undefined || recorded.rows === 0) return undefined;
  const claims = ledgerViewSql(await fetchLedgerFiles(run, recorded));
  const { unknownAt, newest } = await engine.row<{ unknownAt: number | null; newest: number }>(
    `SELECT epoch_ms(max(changed_at) FILTER (${statusInSql(["unknown"])}))::DOUBLE AS "unknownAt", epoch_ms(max(changed_at))::DOUBLE AS newest FROM (${claims})`,
  );
  const now = Date.now();
  if (isFromFuture(newest, now)) {
    const settled = utc(now - (plugin.capabilities.lagSeconds + 1) * 1000);
    const ledger = await appendToLedger(
      run,
      { accountKey, prefix: `${prefix}-dated` },
      `SELECT * REPLACE (least(first_at, ${settled}) AS first_at, ${settled} AS changed_at), false AS deleted FROM (${claims}) WHERE changed_at > ${utc(now)}`,
    );
    await holder.update((root) => {
      ensureAccountEntry(root, accountKey).ledger = ledger;
    }, signal);
    emit({
      type: "warning",
      export: undefined,
      message: `The record of ${accountKey} holds times that have not come yet: the clock of an earlier run was ahead, or that of this machine is behind. They count as today's.`,
    });
  }
  return unknownAt ?? undefined;
}

function utc(time: number): string {
  return `CAST(${literal(new Date(time).toISOString())} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
}
