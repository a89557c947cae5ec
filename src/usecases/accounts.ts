import type { Config } from "../model/config.js";
import type { Connection } from "../model/connection.js";
import { Failure } from "../model/failure.js";
import { resolveSecret } from "../platform/resolve-secret.js";
import type { Field } from "../plugin/codec.js";
import type { Account, Destination, DestinationPlugin } from "../plugin/destination.js";
import { destinationPlugin } from "./destinations.js";

/** A connection whose account answered. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly plugin: DestinationPlugin;
  readonly destination: Destination;
  readonly account: Account;
  /** `<type>:<the vendor's own id>`: the same account under two connections has one ledger. */
  readonly accountKey: string;
  readonly fields: readonly Field[];
}

export interface OpenOptions {
  readonly scratch: string;
  /** Requests of the last hour by account key and bucket, from state. */
  readonly spent: (type: string) => Record<string, number[]>;
  readonly onWait: (connection: string, reason: string, seconds: number) => void;
  readonly signal: AbortSignal;
}

/** Resolves the key and asks the destination who it is and which fields it has. */
export async function openConnection(
  config: Config,
  connection: Connection,
  options: OpenOptions,
): Promise<OpenConnection> {
  const { signal } = options;
  const plugin = await destinationPlugin(connection.type);
  const apiKey =
    connection.apiKey === undefined
      ? undefined
      : await resolveSecret(connection.apiKey, { folder: config.folder, signal });
  const destination = plugin.open({
    connection,
    apiKey,
    folder: config.folder,
    scratch: options.scratch,
    spent: options.spent(connection.name),
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
  return { connection, plugin, destination, account, accountKey: `${connection.type}:${account.id}`, fields };
}
