import type { Config } from "../../model/config/config.js";
import type { Export } from "../../model/config/export.js";
import type { MergedConfig } from "../files/merge.js";
import { findNearest } from "../diagnostics/nearest.js";
import type { Problem } from "../diagnostics/problem.js";

/** Exports whose connection is not there: misspelt, or taken out, which detaches them or has to be told what becomes of them. */
export function checkConnectionsOfExports(
  { exports }: Config,
  { named: { connections } }: MergedConfig,
): Problem[] {
  const missing = [...exports.values()].filter(
    ({ connection }) => connection !== "" && !connections.has(connection),
  );
  const dependents = new Map<string, Export[]>();
  for (const item of missing)
    dependents.set(item.connection, [...(dependents.get(item.connection) ?? []).slice(0, MOST_NAMED), item]);
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
    const own = dependents.get(connection) ?? [];
    return {
      severity: "error",
      code: "unknown-connection",
      message: `There is no connection \`${connection}\`${usedBy(own)}.`,
      hint: () => {
        const near = findNearest(connection, connections.keys());
        return near === undefined ? waysOut(own[0] ?? item) : `Did you mean \`${near}\`?`;
      },
      at,
    };
  });
}

const MOST_NAMED = 10;

function usedBy(dependents: readonly Export[]): string {
  if (dependents.length < 2) return "";
  const names = dependents.slice(0, MOST_NAMED).map(({ name }) => `\`${name}\``);
  if (dependents.length > MOST_NAMED) return `, which ${names.join(", ")} and others use`;
  return `, which ${names.slice(0, -1).join(", ")} and ${names.at(-1)} use`;
}

/** A connection that was taken out stops what depends on it; what becomes of that has to be said. */
function waysOut({ name }: Export): string {
  return (
    "If it was taken out on purpose, keep the exports without it with `whenDisconnected: detach` in each of them, " +
    `or take them out and say what becomes of their people, such as \`removed: [{export: ${name}, members: keep}]\`.`
  );
}
