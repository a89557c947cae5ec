import { Failure } from "../../model/failure.js";
import type { ExportResult } from "../../model/run/run.js";
import { accountState, type AccountState, type StateRoot } from "../../state/root/root.js";
import type { HeldAccount } from "../../state/store.js";
import { dropsOf, goneOf, movesOf } from "../../planner/transition/claims-moves.js";
import type { CompiledExport, PreparedAccount, PreparedExport } from "../../planner/prepared.js";
import type { Prepared } from "../../planner/prepare.js";
import type { Run } from "../../run/run.js";
import type { Transition } from "../../records/transition.js";
import { moveClaims, moveRecords } from "./move-records.js";
import { storeOptOuts } from "./fold-ledger.js";
import { dropRecord, renameRecord, uniteRecords } from "../../records/rename-record.js";
import { droppedResult, notSentResult } from "../result.js";
import { ownValue } from "../../model/own-value.js";

type Ledger = AccountState["ledger"];

/** Carries out what happens in the record alone, account by account, and says which records went. */
export async function applyTransition(
  run: Run,
  holders: ReadonlyMap<string, HeldAccount>,
  { accounts, transition }: Prepared,
): Promise<ExportResult[]> {
  const results: ExportResult[] = [];
  for (const [index, [key, holder]] of [...holders].entries()) {
    const dropped = transition.dropped.filter(({ state }) => state.list.accountId === key);
    const open = accountState(run.state.root, key)?.openRun !== undefined;
    const account = { key, holder, prefix: `let-go-${index}` };
    const exports = accounts.find((one) => one.key === key)?.evaluated ?? [];
    await recordTransition(run, account, exports, open ? [] : dropped);
    results.push(
      ...dropped.map(({ name }) =>
        open ? notSentResult(name, "failed", unfinished(key)) : droppedResult(name),
      ),
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
  run: Run,
  account: { readonly key: string; readonly holder: HeldAccount; readonly prefix: string },
  exports: readonly CompiledExport[],
  dropped: Transition["dropped"],
): Promise<void> {
  const { key, holder, prefix } = account;
  const renamed = exports.filter(({ renamedFrom, united }) => renamedFrom !== undefined || united.length > 0);
  const protection = exports.filter(
    ({ applied, wanted }) =>
      applied !== undefined && wanted.protect !== undefined && wanted.protect !== (applied.protect ?? false),
  );
  if (renamed.length + dropped.length + protection.length === 0) return;
  const moves = [
    ...dropsOf({ dropped }, key),
    ...renamed.flatMap((one) => movesOf({ ...one, relocation: undefined })),
  ];
  await moveRecords(run, { key, holder, name: `${prefix}-renamed` }, moves, (root, entry) => {
    for (const { name } of dropped) dropRecord(root, entry, name);
    for (const { wanted, renamedFrom, united } of renamed) {
      if (renamedFrom !== undefined) renameRecord(root, entry, renamedFrom, wanted.name);
      for (const other of united) uniteRecords(root, entry, other, wanted.name);
    }
    for (const { wanted } of protection) protect(root, wanted.name, wanted.protect === true);
  });
}

function protect(root: StateRoot, name: string, on: boolean): void {
  const known = ownValue(root.exports, name);
  if (known === undefined) return;
  const { protect: _, ...rest } = known;
  root.exports[name] = { ...rest, generation: known.generation + 1, ...(on ? { protect: true } : {}) };
}

/**
 * Records which exports go to another list from here on, before the first
 * request: the claims on the old list go on under a name of their own, or go.
 */
export async function recordRelocations(
  run: Run,
  input: {
    readonly account: Pick<PreparedAccount, "key" | "optOuts">;
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
  const moves = going.flatMap((one) => movesOf({ ...one, renamedFrom: undefined, united: [] }));
  const { key, optOuts } = input.account;
  const name = `${input.prefix}-moved`;
  const account = { key, holder: input.holder, name, optOuts: await storeOptOuts(run, name, optOuts) };
  await moveRecords(run, account, moves, (root, entry) => {
    for (const one of going) relocate(root, entry, one, lists.get(one.wanted.name) ?? "");
  });
}

function relocate(
  root: StateRoot,
  entry: AccountState,
  { wanted, relocation, list, formerLists: counting }: PreparedExport,
  listId: string,
): void {
  const known = ownValue(root.exports, wanted.name);
  if (known === undefined || relocation === undefined) return;
  const { accountId } = known.list;
  if (relocation.oldMembers === "remove") {
    const { protect: _, formerNames: __, formerLists: ___, moving: ____, ...rest } = known;
    root.exports[relocation.departed] = rest;
  }
  const formerLists = counting.filter((id) => id !== listId);
  const remembered = entry.formerLists?.[listId] ?? [];
  entry.formerLists = { ...entry.formerLists, [listId]: [...new Set([...remembered, ...formerLists])] };
  root.exports[wanted.name] = {
    ...known,
    generation: known.generation + 1,
    list: { accountId, listId, ...(list === undefined ? {} : { name: list.name }) },
    moving: true,
    formerLists,
  };
}

/** Releases every remaining claim of exports whose lists are as wanted. */
export function dropClaims(
  run: Run,
  ledger: Ledger,
  exports: readonly PreparedExport[],
  prefix: string,
): Promise<Ledger> {
  return moveClaims(run, ledger, exports.flatMap(goneOf), `${prefix}-gone`);
}
