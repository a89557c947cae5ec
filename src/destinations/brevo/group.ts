import type { Binding } from "../../plugin/codec.js";
import { identifier } from "../../plugin/relation.js";
import { inOrder } from "./payload.js";

/**
 * One import treats all its empty values alike (`emptyContactsAttributes`), so
 * that rows are grouped. Nothing to clear: group `''`, empty means untouched.
 * Otherwise empty means erased; because a column that other rows of the import
 * have may then count as empty too, rows are grouped by the exact set of
 * attributes they carry: `erase:1011`, a digit for each attribute by name, 0 =
 * not in the import at all.
 */
export function groupSql(bindings: readonly Binding[]): string {
  const clearable = bindings.filter((binding) => binding.attribute.nulls === "clear");
  if (clearable.length === 0) return "''";
  const digits = inOrder(bindings).map((binding) => {
    const absent = `${isNull(binding)} and not ${clears(binding)}`;
    return `case when ${absent} then '0' else '1' end`;
  });
  const any = clearable.map((binding) => `(${isNull(binding)} and ${clears(binding)})`).join(" or ");
  return `case when ${any} then concat('erase:', ${digits.join(", ")}) else '' end`;
}

/** What a group's imports look like: whether empty erases, and the attributes they carry. */
export function readGroup(
  group: string,
  bindings: readonly Binding[],
): { erase: boolean; names: readonly string[] } {
  const names = inOrder(bindings).map((binding) => binding.field.id);
  if (group === "") return { erase: false, names };
  const digits = group.slice("erase:".length);
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
