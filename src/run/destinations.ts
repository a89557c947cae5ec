import type { Config } from "../model/config/config.js";
import type { Connection } from "../model/config/connection.js";
import type { DestinationPlugin } from "../plugin/destination.js";
import { PLUGINS } from "../registry/destinations.gen.js";
import { destinations } from "../registry/destinations.js";
import { loadOwnDestination } from "./own/destination.js";

/** The plug-in of a connection's type, loaded when it is asked for first. */
export async function loadDestinationPlugin({
  type,
  module,
}: Pick<Connection, "type" | "module">): Promise<DestinationPlugin> {
  if (module !== undefined) return loadOwnDestination(type, module);
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no destination ${type}`);
  return load();
}

/** The type of a connection. One that is not in the config any more leads to no account, like lists on this machine. */
export function typeOfConnection({ connections }: Pick<Config, "connections">, name: string): string {
  const type = connections.get(name)?.type ?? destinations.find(({ isService }) => !isService)?.type;
  if (type === undefined) throw new TypeError("there is no kind of destination without an account");
  return type;
}
