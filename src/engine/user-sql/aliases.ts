import type { Engine } from "../engine.js";
import { parseSelect } from "./user-sql.js";

/** Names that a SELECT gives to columns and tables itself, wherever in it. */
export async function findAliases(engine: Engine, sql: string): Promise<Set<string>> {
  const names = new Set<string>();
  collect(await parseSelect(engine, sql), names);
  return names;
}

const LISTS = new Set(["column_name_alias", "aliases"]);

function collect(node: unknown, names: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const given = key === "alias" ? [value] : LISTS.has(key) && Array.isArray(value) ? value : [];
    for (const name of given) if (typeof name === "string" && name !== "") names.add(name);
    collect(value, names);
  }
}
