import type { RollcallTestFile } from "../config/test-file/test-file.gen.js";
import type { Config } from "../model/config/config.js";
import type { Connection } from "../model/config/connection.js";
import type { Export } from "../model/config/export.js";
import type { Field } from "../plugin/codec.js";
import type { DestinationView, ListInfo } from "../plugin/destination.js";
import { literal } from "../plugin/relation.js";
import type { OpenConnection } from "../run/accounts.js";
import { loadDestinationPlugin } from "../run/destinations.js";
import { ownValue } from "../model/own-value.js";

export interface OfflineAccount {
  /** Keys of people who opted out everywhere. */
  readonly optedOut: readonly string[];
  /** Keys of the members of each list, by its id; a list that is not named is empty. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

/**
 * Connections that reach nothing: every list that the exports name exists, and
 * every field that they map. Read-only by type, like what a plan gets.
 */
export async function openOfflineConnections(
  config: Config,
  exports: readonly Export[],
  fields: RollcallTestFile["fields"],
  account: OfflineAccount,
): Promise<Map<string, OpenConnection>> {
  const connections = new Map<string, OpenConnection>();
  for (const name of new Set(exports.map(({ connection }) => connection))) {
    const connection = config.connections.get(name);
    if (connection === undefined) continue;
    const own = exports.filter((wanted) => wanted.connection === name);
    connections.set(name, await openOffline(connection, own, ownValue(fields, name), account));
  }
  return connections;
}

async function openOffline(
  connection: Connection,
  exports: readonly Export[],
  given: NonNullable<RollcallTestFile["fields"]>[string] = {},
  account: OfflineAccount,
): Promise<OpenConnection> {
  const plugin = await loadDestinationPlugin(connection);
  const stated = Object.entries(given).map(([name, field]) => fieldOf(name, field));
  const names = new Set(stated.map(({ name }) => name.toLowerCase()));
  const builtIn = plugin.builtInFields.filter(({ name }) => !names.has(name.toLowerCase()));
  const identity = { id: connection.name, label: connection.name, missingPermissions: [] };
  const fields = [...builtIn, ...stated];
  return {
    connection,
    plugin,
    destination: createView(identity, fields, listsOf(exports), account),
    account: identity,
    accountKey: `${connection.type}:${connection.name}`,
    fields,
    spent: {},
  };
}

function fieldOf(name: string, field: NonNullable<RollcallTestFile["fields"]>[string][string]): Field {
  const { type, choices } = typeof field === "string" ? { type: field, choices: [] } : field;
  return { id: name, name, type, writable: true, choices, maxLength: undefined };
}

function listsOf(exports: readonly Export[]): ListInfo[] {
  const names = exports.map(({ list }) => ("id" in list ? list.id : list.name));
  return [...new Set(names)].map((name) => ({ id: name, name, size: undefined }));
}

function createView(
  account: OpenConnection["account"],
  fields: readonly Field[],
  lists: readonly ListInfo[],
  { optedOut, members }: OfflineAccount,
): DestinationView {
  const contacts = (keys: readonly string[]): string =>
    rowsSql(
      keys.map((key) => `(${literal(key)}, NULL, true, NULL, NULL)`),
      ["email VARCHAR", "contact_id VARCHAR", "on_list BOOLEAN", "opted_out VARCHAR", "observed VARCHAR"],
    );
  const out = rowsSql(
    optedOut.map((key) => `(${literal(key)}, NULL, 'opted out')`),
    ["email VARCHAR", "list_id VARCHAR", "reason VARCHAR"],
  );
  return {
    account: async () => account,
    lists: async () => lists,
    list: async (id) => lists.find((list) => list.id === id),
    fields: async () => fields,
    contactCount: async () => undefined,
    members: async (listId) => ({ sql: contacts(members.get(listId) ?? []) }),
    lookup: async (listId, addresses) => ({
      sql: contacts((members.get(listId) ?? []).filter((key) => addresses.includes(key))),
    }),
    contacts: async () => [],
    optOuts: async () => ({
      optedOut: { sql: out },
      whole: [],
      seen: undefined,
      contacts: undefined,
      watermark: "",
    }),
  };
}

/** A SELECT of rows with these columns; also of none. */
function rowsSql(rows: readonly string[], columns: readonly string[]): string {
  const typed = columns.map((column) => {
    const [name = "", type = ""] = column.split(" ");
    return `CAST(${name} AS ${type}) AS ${name}`;
  });
  const names = columns.map((column) => column.split(" ")[0]).join(", ");
  const nulls = columns.map(() => "NULL").join(", ");
  return rows.length === 0
    ? `SELECT ${typed.join(", ")} FROM (VALUES (${nulls})) AS t(${names}) WHERE false`
    : `SELECT ${typed.join(", ")} FROM (VALUES ${rows.join(", ")}) AS t(${names})`;
}
