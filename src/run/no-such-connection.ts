import type { Config } from "../model/config/config.js";
import { Failure } from "../model/failure.js";

/** What is said of a name that no connection of the config has. */
export function noSuchConnection(name: string, { connections }: Pick<Config, "connections">): Failure {
  return new Failure("invalid", `There is no connection "${name}".`, {
    hint:
      connections.size === 0
        ? "The config has none."
        : `The config has ${[...connections.keys()].join(", ")}.`,
  });
}
