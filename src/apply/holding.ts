import type { Failure } from "../model/failure.js";
import { kept } from "../platform/kept.js";
import type { Export } from "../model/export.js";
import type { ExportResult } from "../model/run.js";
import { accountState, type StateRoot } from "../state/root.js";
import type { HeldAccount } from "../state/store.js";
import type { OpenConnection } from "../run/accounts.js";
import { withForgotten } from "../run/forgotten.js";
import type { Locks } from "../run/locks.js";
import type { RunAccounts } from "../planner/prepare.js";
import type { RowsFrom } from "../planner/rows-from.js";
import type { Session } from "../run/run.js";
import type { UnknownBy } from "./record/record.js";
import { recover } from "./recover/recover.js";

/** A run whose accounts are locked. */
export interface Holding {
  readonly run: { readonly id: string; readonly startedAt: string };
  readonly exports: readonly Export[];
  /** Of the saved plan, if one is applied. */
  readonly rows: RowsFrom | undefined;
  readonly accounts: RunAccounts;
  /** The record before any lock was held. */
  readonly before: StateRoot;
  readonly byKey: ReadonlyMap<string, OpenConnection>;
  readonly locks: Locks;
  /** Takes up what stays open, by export. */
  readonly unknown: Map<string, UnknownBy>;
  /** Takes up how exports ended, also when the run breaks off after that. */
  readonly results: ExportResult[];
}

/** What is known once earlier runs are settled. */
export interface Settled {
  /** Knows who was forgotten. */
  readonly session: Session;
  /** By account. */
  readonly holders: ReadonlyMap<string, HeldAccount>;
  /** Accounts whose unfinished run cannot be settled now, or that another run holds, and why. */
  readonly unsettled: ReadonlyMap<string, Failure>;
}

/** Takes the accounts of a run for it, and settles what earlier runs left open there. */
export async function settle(opened: Session, holding: Holding): Promise<Settled> {
  const holders = new Map<string, HeldAccount>();
  for (const key of holding.locks.held.keys()) {
    const type = holding.byKey.get(key)?.connection.type ?? accountState(opened.state.root, key)?.type;
    if (type !== undefined) holders.set(key, await opened.state.takeAccount(key, type, opened.signal));
  }
  // Only under the locks, because a `forget` may have ended just before.
  const session = await withForgotten(opened);
  const unsettled = new Map<string, Failure>(holding.locks.elsewhere);
  for (const [index, [key, open]] of [...holding.byKey].entries()) {
    const holder = holders.get(key);
    const destination = holding.accounts.writers.get(open.connection.name);
    if (destination === undefined || holder === undefined) continue;
    try {
      const held = holding.locks.of(key);
      await recover(session, { open, destination, holder, held, prefix: `old${index}` });
    } catch (error) {
      unsettled.set(key, kept(error));
    }
  }
  return { session, holders, unsettled };
}
