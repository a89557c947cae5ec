import { believedTime } from "../model/believed-time.js";
import type { Connection } from "../model/config/connection.js";
import { ownValue } from "../model/own-value.js";
import type { Destination } from "../plugin/destination.js";
import { openConnection, type OpenConnection, type OpenOptions } from "./accounts.js";
import type { Run } from "./run.js";

/** Opens a connection for a run, with the requests that its account has been sent and the limits that all of them share. */
export async function connectForRun(
  run: Run,
  connection: Connection,
  mayWriteUntil: OpenOptions["mayWriteUntil"],
): Promise<{ open: OpenConnection; destination: Destination }> {
  run.emit({ type: "stage", export: undefined, stage: `connecting to ${connection.name}` });
  const opened = await openConnection(run.config, connection, {
    scratch: run.scratch,
    spent: (of, accountKey) => spentRequests(run, of, accountKey),
    limiters: run.limiters,
    onWait: (account, reason, seconds) => run.emit({ type: "waiting", account, reason, seconds }),
    mayWriteUntil,
    signal: run.signal,
  });
  run.accountKeys.set(connection.name, opened.open.accountKey);
  return opened;
}

/**
 * Requests of the last hour by bucket: of this account, or of the one that the
 * connection led to the last time, or of all of its type while it is not known.
 */
function spentRequests(
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
