import type { Action } from "../../reconcile/action.js";
import { join } from "node:path";
import {
  countOutcomes,
  deltaSql,
  sharedListsSql,
  type SentChangeSet,
} from "../../reconcile/change-set/fold.js";
import { type OutcomeTables } from "../../reconcile/change-set/outcomes.js";
import {
  compactSql,
  isCompactionDue,
  ledgerViewSql,
  writeBaseSql,
  writeDeltaSql,
} from "../../state/people/ledger.js";
import { writeOptOutsSql } from "../../state/people/opt-outs.js";
import { literal } from "../../plugin/relation.js";
import { accountState, type AccountState, type LedgerPart, type StateRoot } from "../../state/root/root.js";
import { fetchLedgerFiles } from "../../run/ledger-files.js";
import type { PreparedAccount } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";

export interface FoldInput {
  readonly accountKey: string;
  readonly prefix: string;
  readonly changeSets: readonly SentChangeSet[];
  readonly outcomes: OutcomeTables;
  /** Write the ledger again, so that nothing that was stored before is needed to read it. */
  readonly whole?: boolean;
}

/** Writes what a run did as a ledger delta, and folds the deltas when they have grown. Returns the new ledger. */
export async function foldLedger(run: Run, input: FoldInput): Promise<AccountState["ledger"]> {
  const current = recordedLedger(run, input.accountKey);
  const changes = deltaSql(input.changeSets, input.outcomes, new Date().toISOString());
  const shared = !isEmpty(current) && sharesLists(run, input);
  const whole = shared
    ? sharedListsSql(changes, ledgerViewSql(await fetchLedgerFiles(run, current)))
    : changes;
  return appendToLedger(run, input, whole);
}

/**
 * Writes a SELECT of ledger rows with `deleted` as a delta, and folds the
 * deltas when they have grown. Returns the new ledger.
 */
export async function appendToLedger(
  run: Run,
  input: Pick<FoldInput, "accountKey" | "prefix" | "whole">,
  changes: string,
): Promise<AccountState["ledger"]> {
  const { engine, state, scratch, signal } = run;
  const current = recordedLedger(run, input.accountKey);
  if (isEmpty(current)) return firstBase(run, changes, input.prefix);
  const delta = join(scratch, `${input.prefix}-delta.parquet`);
  await engine.run(writeDeltaSql(changes, delta));
  const rows = await countRows(run, delta);
  if (rows === 0) return current;
  const known = await fetchLedgerFiles(run, current);
  const files = { ...known, deltas: [...known.deltas, delta] };
  if (input.whole === true || isCompactionDue({ ...current, deltas: [...current.deltas, { rows }] })) {
    const base = join(scratch, `${input.prefix}-base.parquet`);
    await engine.run(compactSql(files, base));
    return storeBase(run, base);
  }
  const part: LedgerPart = { blob: await state.putBlobFile("ledger", delta, signal), rows };
  return {
    ...current,
    deltas: [...current.deltas, part],
    rows: await engine.count(`SELECT count(*) FROM (${ledgerViewSql(files)})`),
  };
}

function recordedLedger({ state }: Run, accountKey: string): AccountState["ledger"] {
  return accountState(state.root, accountKey)?.ledger ?? { deltas: [], rows: 0 };
}

function isEmpty({ base, deltas }: AccountState["ledger"]): boolean {
  return base === undefined && deltas.length === 0;
}

/** Whether another export than the one of a change set is known to use its list. */
function sharesLists({ state }: Run, { accountKey, changeSets }: FoldInput): boolean {
  return changeSets.some(({ exportName, listId }) => {
    const others = Object.entries(state.root.exports).filter(
      ([name, { list }]) => name !== exportName && list.accountId === accountKey && list.listId === listId,
    );
    return (
      others.length > 0 ||
      changeSets.some((other) => other.listId === listId && other.exportName !== exportName)
    );
  });
}

/** The first run of an account has nothing to fold into, so its claims become the base at once. */
async function firstBase(run: Run, changes: string, prefix: string): Promise<AccountState["ledger"]> {
  const base = join(run.scratch, `${prefix}-base.parquet`);
  await run.engine.run(writeBaseSql(`SELECT * EXCLUDE (deleted) FROM (${changes}) WHERE NOT deleted`, base));
  return storeBase(run, base);
}

/** Stores a base file as the whole ledger of an account. */
export async function storeBase(run: Run, path: string): Promise<AccountState["ledger"]> {
  const rows = await countRows(run, path);
  if (rows === 0) return { deltas: [], rows: 0 };
  return {
    base: { blob: await run.state.putBlobFile("ledger", path, run.signal), rows },
    deltas: [],
    rows,
  };
}

function countRows({ engine }: Run, path: string): Promise<number> {
  return engine.count(`SELECT count(*) FROM read_parquet(${literal(path)})`);
}

/** Stores the opt-outs as read in this run. */
export async function storeOptOuts(
  { engine, state, scratch, signal, forgotten }: Run,
  prefix: string,
  optOuts: PreparedAccount["optOuts"],
): Promise<NonNullable<AccountState["optOuts"]>> {
  const path = join(scratch, `${prefix}-opt-outs-new.parquet`);
  // They are held back by their hash, and their addresses are kept nowhere.
  if (forgotten !== undefined) {
    for (const table of [optOuts.table, optOuts.addresses, optOuts.handRemovals.removed, optOuts.shared])
      await engine.run(`DELETE FROM ${table} WHERE key IN (${forgotten(`SELECT key FROM ${table}`)})`);
  }
  await engine.run(
    writeOptOutsSql(
      {
        optOuts: `SELECT * FROM ${optOuts.table}`,
        addresses: `SELECT * FROM ${optOuts.addresses}`,
        handRemovals: `SELECT * FROM ${optOuts.handRemovals.removed}`,
        shared: `SELECT * FROM ${optOuts.shared}`,
      },
      path,
    ),
  );
  return {
    blob: await state.putBlobFile("opt-outs", path, signal),
    watermark: optOuts.watermark,
    readAt: optOuts.readAt,
  };
}

/** The account's entry in a root, made when it is not there yet. */
export function ensureAccountEntry(root: StateRoot, key: string): AccountState {
  const entry = accountState(root, key);
  if (entry === undefined) throw new TypeError(`account ${key} was not taken`);
  return entry;
}

/** Rows of each export by operation and outcome. */
export async function tallyRows(run: Run, input: FoldInput): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>();
  for (const { export: name, action, outcome, rows } of await countOutcomes(
    run.engine,
    input.changeSets,
    input.outcomes,
  )) {
    const own = tallies.get(name) ?? {
      added: 0,
      updated: 0,
      removed: 0,
      rejected: 0,
      unknown: 0,
      notSent: 0,
      unknownBy: { added: 0, updated: 0, removed: 0 },
    };
    tallies.set(name, own);
    const done = DONE[action] ?? "updated";
    // Who was off the list already is off it.
    if (outcome === "delivered" || (action === "remove" && outcome === "gone")) own[done] += rows;
    else if (outcome === "unknown") {
      own.unknown += rows;
      own.unknownBy[done] += rows;
    } else if (outcome === "not sent") own.notSent += rows;
    else own.rejected += rows;
  }
  return tallies;
}

const DONE: Readonly<Partial<Record<Action, DoneOperation>>> = {
  add: "added",
  update: "updated",
  remove: "removed",
  unresolved: "removed",
};

type DoneOperation = "added" | "updated" | "removed";

/** Rows whose outcome is not known, by what they were to be. */
export type UnknownBy = Record<DoneOperation, number>;

export interface Tally {
  added: number;
  updated: number;
  removed: number;
  rejected: number;
  unknown: number;
  notSent: number;
  unknownBy: UnknownBy;
}
