import { isFromFuture } from "../../model/believed-time.js";
import { literal } from "../../plugin/relation.js";
import { ledgerViewSql } from "../../state/ledger.js";
import { accountState } from "../../state/root.js";
import type { HeldAccount } from "../../state/store.js";
import { ledgerFiles } from "../ledger-files.js";
import type { Session } from "../prepare/session.js";
import { accountEntry, appendToLedger } from "./record.js";

/**
 * Gives claims that a clock ahead of ours has dated the time of today, at the
 * latest of which they were written: until their time came they would count as
 * written a moment ago. Returns when the last unknown outcome was recorded;
 * epoch ms.
 */
export async function dateClaims(
  session: Session,
  { accountKey, prefix, holder }: { accountKey: string; prefix: string; holder: HeldAccount },
): Promise<number | undefined> {
  const { engine, state, emit, signal } = session;
  const recorded = accountState(state.root, accountKey)?.ledger;
  if (recorded === undefined || recorded.rows === 0) return undefined;
  const claims = ledgerViewSql(await ledgerFiles(session, recorded));
  const { unknownAt, newest } = await engine.row<{ unknownAt: number | null; newest: number }>(
    `SELECT epoch_ms(max(changed_at) FILTER (status = 'unknown'))::DOUBLE AS "unknownAt", epoch_ms(max(changed_at))::DOUBLE AS newest FROM (${claims})`,
  );
  const now = Date.now();
  if (isFromFuture(newest, now)) {
    const today = `CAST(${literal(new Date(now).toISOString())} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
    const ledger = await appendToLedger(
      session,
      { accountKey, prefix: `${prefix}-dated` },
      `SELECT * REPLACE (least(first_at, ${today}) AS first_at, ${today} AS changed_at), false AS deleted FROM (${claims}) WHERE changed_at > ${today}`,
    );
    await holder.update((root) => {
      accountEntry(root, accountKey).ledger = ledger;
    }, signal);
    emit({
      type: "warning",
      export: undefined,
      message: `The record of ${accountKey} holds times that have not come yet: the clock of an earlier run was ahead, or that of this machine is behind. They count as today's.`,
    });
  }
  return unknownAt ?? undefined;
}
