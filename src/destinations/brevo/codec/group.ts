import type { Binding } from "../../../plugin/codec.js";
import type { Connection } from "../../../model/config/connection.js";
import { identifier, literal } from "../../../plugin/relation.js";
import { sortBindings } from "./payload.js";

/** What empties attributes whose source is empty (`nulls: clear`). */
export type ClearsBy = "request" | "import";

/**
 * `clears` of the connection. By default a request a person, because one reading of
 * `emptyContactsAttributes` lets an import erase also what it does not name:
 * "empty in the import" may mean "not in it". Source: two descriptions besides
 * https://developers.brevo.com/reference/import-contacts
 */
export function clearsBy(connection: Connection): ClearsBy {
  return connection.options["clears"] === "import" ? "import" : "request";
}

const ERASING = "erase:";

/** The group of people for whom something is cleared by requests of their own. */
const CLEARED = "clear";

export const NOTHING_CLEARED = "";

/** Also of a group that a plan has which was made when imports were to clear: the default of earlier versions. */
export function isClearedByRequest(group: string, by: ClearsBy): boolean {
  return group === CLEARED || (by === "request" && group.startsWith(ERASING));
}

/**
 * Rows for whom something is cleared travel apart: group `''` has nothing to
 * clear, and empty means untouched. Cleared by requests they are one group.
 *
 * One import treats all its empty values alike (`emptyContactsAttributes`), so
 * that cleared by imports, where empty means erased, they are grouped by the
 * exact set of attributes they carry, because a column that other rows of the
 * import have may count as empty too: `erase:1011`, a digit for each attribute
 * by name, 0 = not in the import at all.
 */
export function groupSql(bindings: readonly Binding[], by: ClearsBy): string {
  const clearable = bindings.filter((binding) => binding.attribute.nulls === "clear");
  if (clearable.length === 0) return literal(NOTHING_CLEARED);
  const any = clearable.map((binding) => `(${isNull(binding)} and ${clears(binding)})`).join(" or ");
  if (by === "request")
    return `case when ${any} then ${literal(CLEARED)} else ${literal(NOTHING_CLEARED)} end`;
  const digits = sortBindings(bindings).map((binding) => {
    const absent = `${isNull(binding)} and not ${clears(binding)}`;
    return `case when ${absent} then '0' else '1' end`;
  });
  return `case when ${any} then concat(${literal(ERASING)}, ${digits.join(", ")}) else ${literal(NOTHING_CLEARED)} end`;
}

/** What a group's imports look like: whether empty erases, and the attributes they carry. */
export function readGroup(
  group: string,
  bindings: readonly Binding[],
): { erase: boolean; names: readonly string[] } {
  const names = sortBindings(bindings).map((binding) => binding.field.id);
  if (!group.startsWith(ERASING)) return { erase: false, names };
  const digits = group.slice(ERASING.length);
  return { erase: true, names: names.filter((_, index) => digits[index] === "1") };
}

function isNull(binding: Binding): string {
  const column = identifier(binding.column);
  if (binding.type === "number") return `(${column} is null or not isfinite(${column}))`;
  if (binding.type === "date" || binding.type === "boolean") return `${column} is null`;
  return `nullif(${column}, '') is null`;
}

function clears(binding: Binding): string {
  return binding.attribute.nulls === "clear" ? `coalesce(${identifier(binding.clear)}, false)` : "false";
}
