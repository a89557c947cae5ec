import type { Config } from "../../model/config.js";
import type { Export } from "../../model/export.js";
import type { Merged } from "../merge.js";
import { nearest } from "../nearest.js";
import type { Problem } from "../problem.js";

/** Exports whose connection is not there: misspelt, or taken out, which detaches them or has to be told what becomes of them. */
export function connectionsOfExports({ exports }: Config, { named: { connections } }: Merged): Problem[] {
  const missing = [...exports.values()].filter(
    ({ connection }) => connection !== "" && !connections.has(connection),
  );
  return missing.map((item): Problem => {
    const { name, connection } = item;
    const at = ["exports", name, "connection"];
    if (item.whenDisconnected === "detach")
      return {
        severity: "warning",
        code: "detached",
        message: `The export \`${name}\` is detached: there is no connection \`${connection}\`.`,
        hint: "It is kept and inactive. Give it a connection to have it run again.",
        at,
      };
    const near = nearest(connection, connections.keys());
    const dependents = missing.filter((other) => other.connection === connection);
    return {
      severity: "error",
      code: "unknown-connection",
      message: `There is no connection \`${connection}\`${usedBy(dependents)}.`,
      hint: near === undefined ? waysOut(dependents) : `Did you mean \`${near}\`?`,
      at,
    };
  });
}

function usedBy(dependents: readonly Export[]): string {
  if (dependents.length < 2) return "";
  const names = dependents.map(({ name }) => `\`${name}\``);
  return `, which ${names.slice(0, -1).join(", ")} and ${names.at(-1)} use`;
}

/** A connection that was taken out stops what depends on it; what becomes of that has to be said. */
function waysOut(dependents: readonly Export[]): string {
  const [first] = dependents;
  return (
    "If it was taken out on purpose, keep the exports without it with `whenDisconnected: detach` in each of them, " +
    `or take them out and say what becomes of their people, such as \`removed: [{export: ${first?.name}, members: keep}]\`.`
  );
}
