import type { ConfigChoice } from "../../config/choice.js";
import { loadConfig } from "../../config/load.js";
import type { Config } from "../../model/config/config.js";
import { keptFailure } from "../../platform/defects.js";
import type { ConnectionReport } from "../../model/connections/connection-report.js";
import type { Connection } from "../../model/config/connection.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import { actorOf, mayUse } from "../../policy/access.js";
import { resolveApiKey } from "../../run/accounts.js";
import { withRunFolder } from "../../state/run-folder.js";
import { loadDestinationPlugin } from "../../run/destinations.js";
import { noSuchConnection } from "../../run/no-such-connection.js";

export interface ConnectionsTestOptions extends ConfigChoice {
  /** Connections; all when empty. */
  readonly names: readonly string[];
  /** Who asks; of connections that they may not use they see name and type. */
  readonly identity?: string | undefined;
  readonly signal: AbortSignal;
}

/** Asks each account who it is, what the key may do, and which lists and fields there are. Reads only, sends no address. */
export async function testConnections(
  options: ConnectionsTestOptions,
): Promise<{ reports: readonly ConnectionReport[]; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { reports: [], diagnostics };
  const chosen = choose(config, options.names);
  const reports = await withRunFolder(async (scratch) => {
    const all: ConnectionReport[] = [];
    const { roles } = actorOf(options.identity, config.roles);
    for (const connection of chosen)
      all.push(
        mayUse(connection, roles, config.roles)
          ? await test(config, connection, scratch, options.signal)
          : { name: connection.name, type: connection.type, hidden: true },
      );
    return all;
  });
  return { reports, diagnostics };
}

function choose(config: Config, names: readonly string[]): readonly Connection[] {
  if (names.length === 0) return [...config.connections.values()];
  return names.map((name) => {
    const connection = config.connections.get(name);
    if (connection !== undefined) return connection;
    throw noSuchConnection(name, config);
  });
}

async function test(
  config: Config,
  connection: Connection,
  scratch: string,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const { name, type } = connection;
  const base = { name, type, agreed: connection.dataPrivacy?.agreed === true };
  try {
    const plugin = await loadDestinationPlugin(connection);
    const apiKey = await resolveApiKey(config, connection, signal);
    const destination = plugin.open({
      connection,
      apiKey,
      folder: config.folder,
      allowPaths: config.allowPaths,
      scratch,
      spent: {},
    });
    const account = await destination.account(signal);
    const contacts = await destination.contactCount(signal);
    const lists = await destination.lists(signal);
    const fields = await destination.fields(signal);
    return {
      ...base,
      account: {
        ...account,
        contacts,
        lists,
        fields: fields.map((field) => ({ name: field.name, type: field.type, writable: field.writable })),
      },
    };
  } catch (error) {
    const { kind, message, hint } = keptFailure(error);
    return { ...base, error: { kind, message, hint } };
  }
}
