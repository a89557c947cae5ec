import { actionInSql } from "../../reconcile/action.js";
import { keepChanges, countWithdrawn } from "../../reconcile/change-set/change-set.js";
import { Failure } from "../../model/failure.js";
import { keptFailure } from "../../platform/defects.js";
import type { Destination, ListInfo } from "../../plugin/destination.js";
import type { PreparedAccount, PreparedExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";
import { resolveContactIds } from "./contact-ids.js";
import { ensureFields, ensureList } from "./ensure-list.js";
import type { FollowedOptOuts } from "./follow-opt-outs.js";
import { shouldLookAgain, leaveOutTakenOff } from "./look-again.js";
import type { RefusedExport } from "../refusal.js";
import { keepLeaversOfSharedLists } from "./shared-leavers.js";
import { leaveOutTakenPhones } from "./without-taken-phones.js";

export interface ReadyExports {
  /** What is sent; of an export that is refused or failed here, only its withdrawals. */
  readonly exports: readonly PreparedExport[];
  /** Ids by export. */
  readonly lists: ReadonlyMap<string, string>;
  /** By export. */
  readonly failures: ReadonlyMap<string, Failure>;
}

/** Makes lists and fields and finds contact ids, so that requests can be cut; of what is refused, only withdrawals. */
export async function makeReady(
  run: Run,
  account: PreparedAccount,
  {
    exports,
    refused,
    asked,
    optOuts,
  }: {
    readonly exports: readonly PreparedExport[];
    readonly refused: readonly RefusedExport[];
    readonly asked: boolean;
    readonly optOuts: FollowedOptOuts;
  },
  writerOf: (one: PreparedExport) => Destination,
): Promise<ReadyExports> {
  const failures = new Map<string, Failure>();
  const lists = new Map<string, string>();
  const created = new Map<string, ListInfo>();
  const whole: PreparedExport[] = [];
  const withdrawing: PreparedExport[] = [];
  const again = shouldLookAgain(account, asked);
  for (const one of exports) {
    const { name } = one.wanted;
    try {
      if (one.after !== undefined && failures.has(one.after)) throw waitingForOther(one.after);
      lists.set(name, (await ensureList(one, writerOf(one), created, run.signal)).id);
      const bound = await ensureFields(run, one, writerOf(one));
      const fit = await leaveOutTakenPhones(run, bound, account, optOuts);
      const now = again ? await leaveOutTakenOff(run, fit, account) : fit;
      whole.push(await resolveContactIds(run, now, account.claims));
    } catch (error) {
      failures.set(name, keptFailure(error));
      withdrawing.push(...(await withdrawalsOf(run, one, account.claims)));
    }
  }
  for (const { export: one, withdraws, failure } of refused) {
    failures.set(one.wanted.name, failure);
    if (one.list !== undefined) lists.set(one.wanted.name, one.list.id);
    if (withdraws) withdrawing.push(...(await withdrawalsOf(run, one, account.claims)));
  }
  const names = new Set(whole.map(({ wanted }) => wanted.name));
  const notSent = account.evaluated.filter(({ wanted }) => !names.has(wanted.name));
  const ready: PreparedExport[] = [];
  for (const one of whole) ready.push(await keepLeaversOfSharedLists(run, one, notSent));
  return { exports: [...ready, ...withdrawing], lists, failures };
}

/** Who is not on the new list yet stays on the old one. */
export function waitingForOther(other: string): Failure {
  return new Failure("refused", `nobody leaves the old list before "${other}" is on its new one`);
}

/** The part of an export that no failure may hold up, if it has one and can be sent. */
async function withdrawalsOf(run: Run, prepared: PreparedExport, claims: string): Promise<PreparedExport[]> {
  const { changeSet, list } = prepared;
  if (countWithdrawn(changeSet) === 0 || list === undefined) return [];
  const withdrawals = `${actionInSql(["remove"])} AND withdrawn`;
  const cut = { ...prepared, changeSet: await keepChanges(run.engine, changeSet, withdrawals) };
  try {
    return [await resolveContactIds(run, cut, claims)];
  } catch (error) {
    run.emit({
      type: "warning",
      export: prepared.wanted.name,
      message: `Those who withdrew could not be removed: ${keptFailure(error).message}`,
    });
    return [];
  }
}
