import type { Config } from "../model/config/config.js";
import type { Connection } from "../model/config/connection.js";
import { AwaitsTrust } from "../model/awaits-trust.js";
import { Failure } from "../model/failure.js";
import type { RateLimiter } from "../platform/http/rate-limiter.js";
import { resolveSecret } from "../platform/secrets/resolve-secret.js";
import type { Secret } from "../platform/secrets/secret.js";
import type { Field } from "../plugin/codec.js";
import type { Account, Destination, DestinationPlugin, DestinationView } from "../plugin/destination.js";
import { loadDestinationPlugin } from "./destinations.js";

/** A connection whose account answered. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly plugin: DestinationPlugin;
  /** Read-only by type, so that nothing that a plan calls can write. */
  readonly destination: DestinationView;
  readonly account: Account;
  /** `<type>:<the vendor's own id>`: the same account under two connections has one ledger. */
  readonly accountKey: string;
  readonly fields: readonly Field[];
  /** Times (epoch ms) of requests in the last hour by rate-limit bucket; the destination goes on adding to it. */
  readonly spent: Readonly<Record<string, number[]>>;
}

export interface OpenOptions {
  readonly scratch: string;
  /** Requests of the last hour by bucket, from state: of the account that the connection led to the last time, or of this one. */
  readonly spent: (connection: Connection, accountKey?: string) => Record<string, number[]>;
  /** Limiters by account key, for connections to one account. */
  readonly limiters: Map<string, RateLimiter>;
  readonly onWait: (connection: string, reason: string, seconds: number) => void;
  /** Asked with the account's key before each write; without it nothing is asked. */
  readonly mayWriteUntil?: ((accountKey: string) => Promise<number>) | undefined;
  readonly signal: AbortSignal;
}

/** Resolves the key and asks the destination who it is and which fields it has. */
export async function openConnection(
  config: Config,
  connection: Connection,
  options: OpenOptions,
): Promise<{ open: OpenConnection; destination: Destination }> {
  const { signal, mayWriteUntil } = options;
  if (connection.needsTrust === true)
    throw new AwaitsTrust("It needs trust: the base branch does not have it.");
  const plugin = await loadDestinationPlugin(connection);
  const apiKey = await resolveApiKey(config, connection, signal);
  const spent = options.spent(connection);
  const before = structuredClone(spent);
  let limiter: RateLimiter | undefined;
  // Known before the first write: it takes a request to learn it.
  let accountKey = "";
  const destination = plugin.open({
    connection,
    apiKey,
    folder: config.folder,
    allowPaths: config.allowPaths,
    scratch: options.scratch,
    spent,
    mayWriteUntil: mayWriteUntil && (() => mayWriteUntil(accountKey)),
    onLimiter: (own) => (limiter = own),
    onWait: (reason, seconds) => options.onWait(connection.name, reason, seconds),
  });
  const account = await destination.account(signal);
  if (account.missingPermissions.length > 0) {
    throw new Failure(
      "auth",
      `Connection "${connection.name}": the API key lacks ${account.missingPermissions.join(", ")}.`,
      {
        hint: "Give the key these permissions at the destination, or use another key.",
      },
    );
  }
  const fields = await destination.fields(signal);
  accountKey = `${connection.type}:${account.id}`;
  correct(spent, before, options.spent(connection, accountKey));
  const common = options.limiters.get(accountKey);
  if (limiter !== undefined && common !== undefined) limiter.shareWith(common);
  else if (limiter !== undefined) options.limiters.set(accountKey, limiter);
  return { open: { connection, plugin, destination, account, accountKey, fields, spent }, destination };
}

/** Replaces what the account was thought to have spent by what it has, and keeps what was added meanwhile. */
function correct(
  spent: Record<string, number[]>,
  before: Readonly<Record<string, readonly number[]>>,
  known: Readonly<Record<string, readonly number[]>>,
): void {
  for (const bucket of new Set([...Object.keys(spent), ...Object.keys(known)])) {
    const times = (spent[bucket] ??= []);
    const added = times.filter((time) => before[bucket]?.includes(time) !== true);
    times.splice(0, times.length, ...(known[bucket] ?? []), ...added);
  }
}

/** The key of a connection; undefined where its kind takes none. */
export async function resolveApiKey(
  { folder }: Config,
  { name, apiKey }: Connection,
  signal: AbortSignal,
): Promise<Secret | undefined> {
  if (apiKey === undefined) return undefined;
  return resolveSecret(apiKey, { folder, signal, isKey: true, place: `connections.${name}.apiKey` });
}
