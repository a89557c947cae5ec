import { Failure } from "../../model/failure.js";
import type { DestinationPlugin } from "../../plugin/destination.js";
import { kit } from "../../plugin/kit.js";
import type { OwnDestinationModule } from "../../plugin/own-module.js";
import { importModule } from "./module.js";

/** The destination that a module of the project brings. */
export async function loadOwnDestination(type: string, module: string): Promise<DestinationPlugin> {
  const { load } = await importModule<OwnDestinationModule>(module);
  const plugin = await load(kit);
  if (plugin.type === type) return plugin;
  throw new Failure("invalid", `The plug-in of the destination ${type} loads another destination.`, {
    hint: "`load` has to answer with the `type` of its manifest.",
  });
}
