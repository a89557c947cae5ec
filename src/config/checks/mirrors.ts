import type { Config } from "../../model/config/config.js";
import { alikeName } from "../../model/manifests/list-name.js";
import type { Problem } from "../diagnostics/problem.js";
import { accountOf } from "./account.js";

/** A list that two exports mirror would lose each one's people to the other. */
export function checkMirrors(config: Config): Problem[] {
  const owners = new Map<string, string>();
  return [...config.exports.values()].flatMap(({ name, connection, list, mode }): Problem[] => {
    const target = config.connections.get(connection);
    if (target === undefined || mode !== "mirror") return [];
    const key = JSON.stringify([
      accountOf(target),
      "id" in list ? ["id", list.id] : ["name", alikeName(list.name)],
    ]);
    const owner = owners.get(key);
    owners.set(key, owner ?? name);
    if (owner === undefined) return [];
    return [
      {
        severity: "error",
        code: "list-claimed-twice",
        message: `The export \`${owner}\` already mirrors this list.`,
        hint: "Put the segments of both into one export, use two lists, or set `mode: upsert` in one of them.",
        at: ["exports", name, "list"],
      },
    ];
  });
}
