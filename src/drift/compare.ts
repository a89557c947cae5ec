import { addObserved } from "../reconcile/observed.js";
import { membersSql, notObservedSql } from "../reconcile/recorded.js";
import { driftSql } from "../reconcile/drift.js";
import { deliverableSql, evaluateProgram } from "../reconcile/desired/desired.js";
import { tooRecentSql } from "../reconcile/too-recent.js";
import { builtSql } from "../reconcile/change-set/build.js";
import { Failure } from "../model/failure.js";
import { literal } from "../plugin/relation.js";
import { exportState } from "../state/root/root.js";
import { findSharedPhones } from "../reconcile/people/shared-phones.js";
import { readMembers } from "../planner/rows/evaluate.js";
import { addFoundOptOuts } from "../reconcile/people/found-opt-outs.js";
import type { CompiledExport, PreparedAccount } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import { compareHandRemovals } from "../planner/opt-outs/taken-off.js";
import { findLastApplied } from "./last-applied.js";

/** What comparisons of one account share. */
export interface AccountRead {
  /** View of the account's claims. */
  readonly claims: string;
  /** The opt-outs as read now. */
  readonly optOuts: PreparedAccount["optOuts"];
  readonly missingSources: ReadonlyMap<string, Failure>;
}

export interface Comparison {
  readonly listId: string;
  /** View as `driftSql` gives it. */
  readonly compared: string;
  /** The list as it was read. */
  readonly observed: string;
  /** Names of the attributes that `changed` counts. */
  readonly attributes: readonly string[];
}

/** Reads a list with its values and compares it with the record; undefined when nothing is recorded. */
export async function compareWithRecord(
  run: Run,
  compiled: CompiledExport,
  account: AccountRead,
): Promise<Comparison | undefined> {
  const { engine } = run;
  const { list, wanted, open, prefix } = compiled;
  const own = `SELECT key FROM ${account.claims} WHERE export = ${literal(wanted.name)}`;
  if (
    list === undefined ||
    (compiled.firstRun && (await engine.count(`SELECT count(*) FROM (${own})`)) === 0)
  )
    return undefined;
  const { lagSeconds } = open.plugin.capabilities;
  const readAt = new Date();
  const observed = await readMembers(run, compiled, list.id, true);
  await lookAgain(run, compiled, { listId: list.id, observed, account });
  await compareHandRemovals(run, compiled, { table: observed, whole: false }, readAt, account.optOuts);
  const applied = findLastApplied(compiled);
  const current = await createCurrent(run, compiled, account);
  const matchesOf = (places: readonly number[] | undefined): string =>
    applied === undefined
      ? "true"
      : open.plugin.codec(
          applied.bindings.filter((_, place) => places?.includes(place) ?? true),
          open.connection,
        ).matches;
  const compared = `${prefix}_compared`;
  await engine.keep(
    compared,
    driftSql({
      exportName: wanted.name,
      listId: list.id,
      claims: account.claims,
      observed,
      optOuts: {
        now: `SELECT key, list_id FROM ${account.optOuts.table}`,
        before: `SELECT key, list_id FROM ${account.optOuts.table}
          WHERE seen_at < CAST(${literal(account.optOuts.readAt)} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`,
      },
      recent: tooRecentSql("c", readAt, lagSeconds),
      removedLately: wasRemovedLately(run, compiled, list.id, readAt.getTime() - lagSeconds * 1000),
      current,
      matches: {
        all: matchesOf(undefined),
        each: applied?.bindings.map((_, place) => matchesOf([place])) ?? [],
      },
    }),
  );
  return {
    listId: list.id,
    compared,
    observed,
    attributes: applied?.program.attributes.map(({ name }) => name) ?? [],
  };
}

/**
 * Somebody who is missing may only have slipped through while the list was
 * read page by page. Few enough of them are looked up singly.
 */
async function lookAgain(
  { engine, signal }: Run,
  { open, wanted }: CompiledExport,
  { listId, observed, account }: { listId: string; observed: string; account: AccountRead },
): Promise<void> {
  const missing = notObservedSql(account.claims, wanted.name, observed);
  const count = await engine.count(`SELECT count(*) FROM (${missing})`);
  if (count === 0 || count > open.plugin.capabilities.lookupUpTo) return;
  if (open.connection.dataPrivacy?.agreed !== true) return;
  const keys = await engine.rows<{ key: string }>(missing);
  const addresses = keys.map(({ key }) => key);
  const found = await open.destination.lookup(listId, addresses, signal);
  await addFoundOptOuts(engine, account.optOuts, found);
  await addObserved(engine, observed, found);
}

/** View of what the definition last applied would send today; undefined when that cannot be known. */
async function createCurrent(
  run: Run,
  compiled: CompiledExport,
  account: AccountRead,
): Promise<string | undefined> {
  const { engine, forgotten } = run;
  const { prefix, list, formerLists, wanted } = compiled;
  const applied = findLastApplied(compiled);
  if (applied === undefined) return undefined;
  if (applied.program.sources.some((name) => account.missingSources.has(name))) return undefined;
  run.emit({ type: "stage", export: wanted.name, stage: "evaluating segments" });
  const current = `${prefix}_current`;
  const optedOut = { table: account.optOuts.table, list: list?.id, formerLists };
  try {
    const { tables } = await evaluateProgram(engine, applied.program, `${prefix}_last`, optedOut, forgotten);
    const sharedPhones = await findSharedPhones(
      engine,
      [{ program: applied.program, tables }],
      account.optOuts.phones,
      `${prefix}_last`,
    );
    const rows = `SELECT d.key, d.profile, d.input_hash FROM (${deliverableSql(tables)}) AS d
      SEMI JOIN (${membersSql(account.claims, wanted.name)}) AS c ON c.key = d.key`;
    const built = builtSql(applied.program, applied.codec, rows, { profiles: tables.profiles, sharedPhones });
    await engine.keep(current, `SELECT key, payload, hash16(payload) AS delivered_hash FROM (${built})`);
    return current;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return undefined;
  }
}

/** Whom an export has just taken off the list may still be shown on it, and is claimed by nobody any more. */
function wasRemovedLately({ state }: Run, { open }: CompiledExport, listId: string, since: number): boolean {
  return Object.keys(state.root.exports).some((name) => {
    const known = exportState(state.root, name);
    return (
      known?.list.accountId === open.accountKey &&
      known.list.listId === listId &&
      known.lastRun !== undefined &&
      known.lastRun.counts.removed + known.lastRun.counts.unknown > 0 &&
      Date.parse(known.lastRun.at) >= since
    );
  });
}
