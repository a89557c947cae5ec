import { join } from "node:path";
import { Failure } from "../../model/failure.js";
import type { ExportResult } from "../../model/run.js";
import { droppedPeopleSql, movedDeltaSql, type ClaimsMove } from "../../state/claims-mapping.js";
import { ledgerViewSql, writeDeltaSql } from "../../state/ledger.js";
import { addressesViewSql, optOutsViewSql, writeOptOutsSql } from "../../state/opt-outs.js";
import { literal } from "../../plugin/relation.js";
import { accountState, type AccountState, type StateRoot } from "../../state/root.js";
import type { HeldAccount } from "../../state/store.js";
import { ledgerFiles } from "../ledger-files.js";
import { dropsOf, goneOf, movesOf } from "../prepare/claims-moves.js";
import { recordedClaims } from "../prepare/load-data.js";
import type { CompiledExport, PreparedExport } from "../prepare/prepared.js";
import type { Prepared } from "../prepare/prepare.js";
import type { Session } from "../prepare/session.js";
import type { Transition } from "../prepare/transition.js";
import { letGoResult, notSent } from "./result.js";
import { accountEntry } from "./record.js";

type Ledger = AccountState["ledger"];

/** Carries out what happens in the record alone, account by account, and says which records went. */
export async function letGo(
  session: Session,
  holders: ReadonlyMap<string, HeldAccount>,
  { accounts, transition }: Prepared,
): Promise<ExportResult[]> {
  const results: ExportResult[] = [];
  for (const [index, [key, holder]] of [...holders].entries()) {
    const dropped = transition.dropped.filter(({ state }) => state.list.accountId === key);
    const open = accountState(session.state.root, key)?.openRun !== undefined;
    const account = { key, holder, prefix: `let-go-${index}` };
    const exports = accounts.find((one) => one.key === key)?.evaluated ?? [];
    await recordTransition(session, account, exports, open ? [] : dropped);
    results.push(
      ...dropped.map(({ name }) => (open ? notSent(name, "failed", unfinished(key)) : letGoResult(name))),
    );
  }
  return results;
}

function unfinished(key: string): Failure {
  return new Failure("conflict", `a run of the account ${key} has not ended, so its record stays as it is`, {
    hint: "Put a connection to this account into the config: an apply settles the run first.",
  });
}

/**
 * Takes new names, dropped records and protection into the state of an
 * account, in one write, so that a run that dies later left it whole.
 */
async function recordTransition(
  session: Session,
  account: { readonly key: string; readonly holder: HeldAccount; readonly prefix: string },
  exports: readonly CompiledExport[],
  dropped: Transition["dropped"],
): Promise<void> {
  const { key, holder, prefix } = account;
  const renamed = exports.filter(({ renamedFrom }) => renamedFrom !== undefined);
  const protection = exports.filter(
    ({ applied, wanted }) =>
      applied !== undefined && wanted.protect !== undefined && wanted.protect !== (applied.protect ?? false),
  );
  if (renamed.length + dropped.length + protection.length === 0) return;
  const moves = [
    ...dropsOf({ dropped }, key),
    ...renamed.flatMap((one) => movesOf({ ...one, relocation: undefined })),
  ];
  const name = `${prefix}-renamed`;
  const optOuts = await withDropped(session, key, moves, name);
  const ledger = await moveClaims(session, ledgerOf(session, key), moves, name);
  await holder.update((root) => {
    const entry = accountEntry(root, key);
    Object.assign(entry, { ledger, ...optOuts });
    for (const { name } of dropped) {
      delete root.exports[name];
      delete root.activity?.[name];
      delete entry.observations?.[name];
    }
    for (const { wanted, renamedFrom } of renamed) rename(root, entry, renamedFrom ?? "", wanted.name);
    for (const { wanted } of protection) protect(root, wanted.name, wanted.protect === true);
  }, session.signal);
}

function rename(root: StateRoot, account: AccountState, from: string, to: string): void {
  const known = root.exports[from];
  if (known === undefined) return;
  const formerNames = [...(known.formerNames ?? []), from].filter((name) => name !== to);
  root.exports[to] = { ...known, generation: known.generation + 1, formerNames };
  delete root.exports[from];
  renameActivity(root, from, to);
  const seen = account.observations?.[from];
  if (seen === undefined) return;
  account.observations = { ...account.observations, [to]: seen };
  delete account.observations[from];
}

function renameActivity(root: StateRoot, from: string, to: string): void {
  const known = root.activity?.[from];
  if (known === undefined) return;
  root.activity = { ...root.activity, [to]: known };
  delete root.activity[from];
}

function protect(root: StateRoot, name: string, on: boolean): void {
  const known = root.exports[name];
  if (known === undefined) return;
  const { protect: _, ...rest } = known;
  root.exports[name] = { ...rest, generation: known.generation + 1, ...(on ? { protect: true } : {}) };
}

/**
 * Records which exports go to another list from here on, before the first
 * request: the claims on the old list go on under a name of their own, or go.
 */
export async function recordRelocations(
  session: Session,
  input: {
    readonly account: { readonly key: string };
    readonly exports: readonly PreparedExport[];
    readonly holder: HeldAccount;
    readonly prefix: string;
  },
  lists: ReadonlyMap<string, string>,
  failures: ReadonlyMap<string, Failure>,
): Promise<void> {
  const going = input.exports.filter(
    ({ relocation, wanted }) => relocation !== undefined && !failures.has(wanted.name),
  );
  if (going.length === 0) return;
  const { key } = input.account;
  const moves = going.flatMap((one) => movesOf({ ...one, renamedFrom: undefined }));
  const name = `${input.prefix}-moved`;
  const optOuts = await withDropped(session, key, moves, name);
  const ledger = await moveClaims(session, ledgerOf(session, key), moves, name);
  await input.holder.update((root) => {
    Object.assign(accountEntry(root, key), { ledger, ...optOuts });
    for (const one of going) relocate(root, one, lists.get(one.wanted.name) ?? "");
  }, session.signal);
}

function relocate(root: StateRoot, { wanted, relocation, list }: PreparedExport, listId: string): void {
  const known = root.exports[wanted.name];
  if (known === undefined || relocation === undefined) return;
  const { accountId } = known.list;
  if (relocation.oldMembers === "remove") {
    const { protect: _, formerNames: __, formerLists: ___, moving: ____, ...rest } = known;
    root.exports[relocation.departed] = rest;
  }
  const formerLists = [...(known.formerLists ?? []), known.list.listId].filter((id) => id !== listId);
  root.exports[wanted.name] = {
    ...known,
    generation: known.generation + 1,
    list: { accountId, listId, ...(list === undefined ? {} : { name: list.name }) },
    moving: true,
    formerLists,
  };
}

/** Lets go of every claim that is left of exports whose lists are as they are to be. */
export function dropClaims(
  session: Session,
  ledger: Ledger,
  exports: readonly PreparedExport[],
  prefix: string,
): Promise<Ledger> {
  return moveClaims(session, ledger, exports.flatMap(goneOf), `${prefix}-gone`);
}

/** The opt-outs with what is known of the people whose claims are dropped, so that an opt-out goes on to speak for their other addresses. */
async function withDropped(
  session: Session,
  key: string,
  moves: readonly ClaimsMove[],
  name: string,
): Promise<Pick<AccountState, "optOuts">> {
  const { engine, state, scratch, signal, clock } = session;
  const known = accountState(state.root, key)?.optOuts;
  const dropped = droppedPeopleSql(await recordedClaims(session, key), moves);
  if (known === undefined || dropped === undefined) return {};
  if ((await engine.count(`SELECT count(*) FROM (${dropped})`)) === 0) return {};
  const before = join(scratch, `${name}-opt-outs.parquet`);
  const after = `${before}.next`;
  await state.fetchBlob(known.blob, before, signal);
  const at = clock.toISOString();
  const people = `SELECT * FROM (${addressesViewSql(before, at)}) UNION ALL
    SELECT key, person, ${literal(at)}::TIMESTAMPTZ AT TIME ZONE 'UTC' FROM (${dropped})`;
  await engine.run(writeOptOutsSql(optOutsViewSql(before), after, people));
  return { optOuts: { ...known, blob: await state.putBlobFile("opt-outs", after, signal) } };
}

function ledgerOf({ state }: Session, key: string): Ledger {
  return accountState(state.root, key)?.ledger ?? { deltas: [], rows: 0 };
}

/** The ledger with one delta more, in which claims are another export's or gone. */
async function moveClaims(
  session: Session,
  ledger: Ledger,
  moves: readonly ClaimsMove[],
  name: string,
): Promise<Ledger> {
  if (moves.length === 0) return ledger;
  const { engine, state, scratch, signal } = session;
  const path = join(scratch, `${name}.parquet`);
  const claims = ledgerViewSql(await ledgerFiles(session, ledger));
  await engine.run(writeDeltaSql(movedDeltaSql(claims, moves), path));
  const rows = await engine.count(`SELECT count(*) FROM read_parquet(${literal(path)})`);
  if (rows === 0) return ledger;
  const deltas = [...ledger.deltas, { blob: await state.putBlobFile("ledger", path, signal), rows }];
  const view = ledgerViewSql(await ledgerFiles(session, { ...ledger, deltas }));
  return { ...ledger, deltas, rows: await engine.count(`SELECT count(*) FROM (${view})`) };
}
