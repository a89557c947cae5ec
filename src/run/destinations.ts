import type { Connection } from "../model/connection.js";
import type { DestinationPlugin } from "../plugin/destination.js";
import { PLUGINS } from "../registry/destinations.gen.js";

/** The plug-in of a connection's type, loaded when it is asked for first. */
export function destinationPlugin({ type }: Pick<Connection, "type">): Promise<DestinationPlugin> {
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no destination ${type}`);
  return load();
}
