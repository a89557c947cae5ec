import type { Connection } from "../../model/config/connection.js";

/** Unsubscribe groups whose members count as opted out, by id. */
export function unsubscribeGroups({ options }: Connection): readonly string[] {
  const groups = options["unsubscribeGroups"];
  return Array.isArray(groups) ? groups.map(String) : [];
}
