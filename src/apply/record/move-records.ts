import { join } from "node:path";
import {
  droppedHandRemovalsSql,
  droppedPeopleSql,
  movedDeltaSql,
  type ClaimsMove,
} from "../../state/people/claims-mapping.js";
import { ledgerViewSql, writeDeltaSql } from "../../state/people/ledger.js";
import {
  addressesViewSql,
  handRemovalsViewSql,
  optOutsViewSql,
  rememberedSince,
  sharedAddressesViewSql,
  writeOptOutsSql,
} from "../../state/people/opt-outs.js";
import { literal } from "../../plugin/relation.js";
import { accountState, type AccountState, type StateRoot } from "../../state/root/root.js";
import type { HeldAccount } from "../../state/store.js";
import { fetchLedgerFiles } from "../../run/ledger-files.js";
import { readRecordedClaims } from "../../planner/rows/load-data.js";
import type { Run } from "../../run/run.js";
import { ensureAccountEntry } from "./fold-ledger.js";

type Ledger = AccountState["ledger"];

/**
 * Moves claims of an account and changes what the root says with them, in one
 * write, so that a run that dies later left it whole. `name` tells this run's
 * files apart; `optOuts` are those that the run has read, where it has.
 */
export async function moveRecords(
  run: Run,
  account: {
    readonly key: string;
    readonly holder: HeldAccount;
    readonly name: string;
    readonly optOuts?: AccountState["optOuts"];
  },
  moves: readonly ClaimsMove[],
  change: (root: StateRoot, entry: AccountState) => void,
): Promise<void> {
  const { key, holder, name, optOuts: read } = account;
  const optOuts = read === undefined ? await withDropped(run, key, moves, name) : { optOuts: read };
  const ledger = await moveClaims(run, ledgerOf(run, key), moves, name);
  await holder.update((root) => {
    const entry = ensureAccountEntry(root, key);
    Object.assign(entry, { ledger, ...optOuts });
    change(root, entry);
  }, run.signal);
}

/** The opt-outs with what is known of the people whose claims are dropped, so that an opt-out goes on to speak for their other addresses, and a hand removal for all of them. */
async function withDropped(
  run: Run,
  key: string,
  moves: readonly ClaimsMove[],
  name: string,
): Promise<Pick<AccountState, "optOuts">> {
  const { engine, state, scratch, signal, clock } = run;
  const known = accountState(state.root, key)?.optOuts;
  const claims = await readRecordedClaims(run, key);
  const dropped = droppedPeopleSql(claims, moves);
  const gone = droppedHandRemovalsSql(claims, moves);
  if (known === undefined || dropped === undefined || gone === undefined) return {};
  if ((await engine.count(`(SELECT count(*) FROM (${dropped})) + (SELECT count(*) FROM (${gone}))`)) === 0)
    return {};
  const before = join(scratch, `${name}-opt-outs.parquet`);
  const after = `${before}.next`;
  await state.fetchBlob(known.blob, before, signal);
  const at = clock.toISOString();
  const since = rememberedSince(known.readAt, { clock });
  const people = `SELECT * FROM (${addressesViewSql(before, since)}) UNION ALL
    SELECT key, person, ${literal(at)}::TIMESTAMPTZ AT TIME ZONE 'UTC' FROM (${dropped})`;
  const removed = `SELECT key, list_id, min(seen_at) AS seen_at FROM (${handRemovalsViewSql(before)} UNION ALL ${gone}) GROUP BY ALL`;
  await engine.run(
    writeOptOutsSql(
      {
        optOuts: optOutsViewSql(before),
        addresses: people,
        handRemovals: removed,
        shared: sharedAddressesViewSql(before),
      },
      after,
    ),
  );
  return { optOuts: { ...known, blob: await state.putBlobFile("opt-outs", after, signal) } };
}

function ledgerOf({ state }: Run, key: string): Ledger {
  return accountState(state.root, key)?.ledger ?? { deltas: [], rows: 0 };
}

/** The ledger with one delta more, in which claims are another export's or gone. */
export async function moveClaims(
  run: Run,
  ledger: Ledger,
  moves: readonly ClaimsMove[],
  name: string,
): Promise<Ledger> {
  if (moves.length === 0) return ledger;
  const { engine, state, scratch, signal } = run;
  const path = join(scratch, `${name}.parquet`);
  const claims = ledgerViewSql(await fetchLedgerFiles(run, ledger));
  await engine.run(writeDeltaSql(movedDeltaSql(claims, moves), path));
  const rows = await engine.count(`SELECT count(*) FROM read_parquet(${literal(path)})`);
  if (rows === 0) return ledger;
  const deltas = [...ledger.deltas, { blob: await state.putBlobFile("ledger", path, signal), rows }];
  const view = ledgerViewSql(await fetchLedgerFiles(run, { ...ledger, deltas }));
  return { ...ledger, deltas, rows: await engine.count(`SELECT count(*) FROM (${view})`) };
}
