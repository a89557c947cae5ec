import { pathToFileURL } from "node:url";
import type { Config } from "../model/config/config.js";
import type { Connection } from "../model/config/connection.js";
import { Failure } from "../model/failure.js";
import type { DestinationPlugin } from "../plugin/destination.js";
import { kit, type OwnDestinationModule } from "../plugin/own-module.js";
import { PLUGINS } from "../registry/destinations.gen.js";
import { destinations } from "../registry/destinations.js";

/** The plug-in of a connection's type, loaded when it is asked for first. */
export async function destinationPlugin({
  type,
  module,
}: Pick<Connection, "type" | "module">): Promise<DestinationPlugin> {
  if (module !== undefined) return ownPlugin(type, module);
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no destination ${type}`);
  return load();
}

/** Its module was run when the config was read. */
async function ownPlugin(type: string, module: string): Promise<DestinationPlugin> {
  const { load } = (await import(pathToFileURL(module).href)) as OwnDestinationModule;
  const plugin = await load(kit);
  if (plugin.type === type) return plugin;
  throw new Failure("invalid", `The plug-in of the destination ${type} loads another destination.`, {
    hint: "`load` has to answer with the `type` of its manifest.",
  });
}

/** The type of a connection. One that is not in the config any more leads to no account, like lists on this machine. */
export function typeOfConnection({ connections }: Pick<Config, "connections">, name: string): string {
  const type = connections.get(name)?.type ?? destinations.find(({ isService }) => !isService)?.type;
  if (type === undefined) throw new TypeError("there is no kind of destination without an account");
  return type;
}
