import { believedTime } from "../model/believed-time.js";
import type { Connection } from "../model/config/connection.js";
import type { Destination } from "../plugin/destination.js";
import { openConnection, type OpenConnection } from "../run/accounts.js";
import { addPlaceToFailure } from "./compile/segment-tables.js";
import type { Run } from "../run/run.js";
import { ownValue } from "../model/own-value.js";

/** Asks one connection who it is. */
export async function connectAccount(
  run: Run,
  connection: Connection,
  /** Asked with the account's key before each write. */
  mayWriteUntil?: (accountKey: string) => Promise<number>,
): Promise<{ open: OpenConnection; destination: Destination }> {
  const { name } = connection;
  run.emit({ type: "stage", export: undefined, stage: `connecting to ${name}` });
  const opened = await addPlaceToFailure(`Connection "${name}"`, () =>
    openConnection(run.config, connection, {
      scratch: run.scratch,
      spent: (of, accountKey) => spentRequests(run, of, accountKey),
      limiters: run.limiters,
      onWait: (account, reason, seconds) => run.emit({ type: "waiting", account, reason, seconds }),
      mayWriteUntil,
      signal: run.signal,
    }),
  );
  run.accountKeys.set(name, opened.open.accountKey);
  return opened;
}

/**
 * Requests of the last hour by bucket: of this account, or of the one that the
 * connection led to the last time, or of all of its type while it is not known.
 */
export function spentRequests(
  { state, config, clock }: Run,
  { name, type }: Connection,
  accountKey?: string,
): Record<string, number[]> {
  const own = [...config.exports.values()].find((wanted) => wanted.connection === name);
  const key =
    accountKey ?? (own === undefined ? undefined : ownValue(state.root.exports, own.name)?.list.accountId);
  const accounts = Object.entries(state.root.accounts).filter(([account, { type: of }]) =>
    key === undefined ? of === type : account === key,
  );
  const spent: Record<string, number[]> = {};
  for (const [, account] of accounts)
    for (const [bucket, times] of Object.entries(account.spent))
      (spent[bucket] ??= []).push(...times.map((time) => believedTime(time, clock.getTime())));
  // By a clock that was ahead, later requests may have earlier times.
  for (const times of Object.values(spent)) times.sort((a, b) => a - b);
  return spent;
}
