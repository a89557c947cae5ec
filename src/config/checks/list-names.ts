import type { Config } from "../../model/config/config.js";
import { alikeName } from "../../model/manifests/list-name.js";
import type { Problem } from "../diagnostics/problem.js";
import { accountOf } from "./account.js";

/** Lists to be created that the destination would refuse, or that could be taken for each other. */
export function checkListNames(config: Config): Problem[] {
  const known = new Map<string, { readonly owner: string; readonly listName: string }>();
  return [...config.exports.values()].flatMap(({ name: owner, connection, list }): Problem[] => {
    const target = config.connections.get(connection);
    if (target === undefined || !("name" in list)) return [];
    const at = ["exports", owner, "list"];
    const fault = list.create ? target.kind.listNameFault(list) : undefined;
    if (fault !== undefined) {
      const { part, message, hint } = fault;
      return [{ severity: "error", code: "list-name", message, hint, at: [...at, part] }];
    }
    const key = JSON.stringify([accountOf(target), alikeName(list.name)]);
    const other = known.get(key);
    if (other === undefined) known.set(key, { owner, listName: list.name });
    if (other === undefined || other.listName === list.name) return [];
    return [
      {
        severity: "error",
        code: "list-names-alike",
        message: `The export \`${other.owner}\` calls a list almost the same: only case, spaces or the form of letters differ.`,
        hint: "Write one name for one list, and names that differ for two.",
        at: [...at, "name"],
      },
    ];
  });
}
