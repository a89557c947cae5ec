import type { Lock } from "../../../model/run/lock.js";
import type { AccountListing, ExportListing, LedgerSize } from "../../../model/reports/state-report.js";
import { wasApplied, type AccountState, type ExportState, type StateRoot } from "../../../state/root/root.js";
import { listOpenTrials } from "../../../records/open-trials.js";

/** What the root says of an export. */
export function exportListing(name: string, recorded: ExportState, people: number): ExportListing {
  const { list, generation, lastRun, protect = false, moving = false } = recorded;
  return {
    name,
    account: list.accountId,
    list: { id: list.listId, name: list.name },
    generation,
    lastRun: lastRun && { id: lastRun.id, status: lastRun.status, at: lastRun.at, actor: lastRun.actor },
    people,
    protected: protect,
    moving: moving && wasApplied(recorded),
  };
}

/** What the root says of an account, and the locks of its trial. */
export function accountListing(
  key: string,
  recorded: AccountState,
  root: StateRoot,
  locks: readonly Lock[],
): AccountListing {
  const { ledger, openRun } = recorded;
  return {
    account: key,
    exports: exportsOf(root, key).length,
    ledger: ledgerSize(ledger),
    openRun: openRun?.runId,
    trial: listOpenTrials(root, locks).find(({ account }) => account === key),
  };
}

export function exportsOf(root: StateRoot, account: string): string[] {
  return Object.entries(root.exports).flatMap(([name, { list }]) =>
    list.accountId === account ? [name] : [],
  );
}

export function ledgerSize(ledger: AccountState["ledger"]): LedgerSize {
  const parts = [...(ledger.base === undefined ? [] : [ledger.base]), ...ledger.deltas];
  return {
    rows: ledger.rows,
    blobs: parts.length,
    bytes: parts.reduce((sum, { blob }) => sum + blob.bytes, 0),
  };
}
