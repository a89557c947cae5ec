import type { Binding } from "../../../plugin/codec.js";
import { literal } from "../../../plugin/relation.js";

/**
 * SQL over `payload`: the same with the value of each category's option in
 * place of its label, as its attribute gives it: a label in a single update is
 * reported to be ignored behind a 204 (sendinblue/APIv3-python-library#65).
 */
export function singleRowSql(bindings: readonly Binding[]): string {
  const values = bindings.flatMap((binding) => valueSql(binding) ?? []);
  return values.length === 0
    ? `"payload"`
    : `json_merge_patch("payload", json_object('attributes', json_object(${values.join(", ")})))::varchar`;
}

/** The member of one category, NULL (which a merge leaves out) when the payload has none. */
function valueSql({ field }: Binding): string | undefined {
  const { choices, storedChoices = [] } = field;
  if (storedChoices.length === 0) return undefined;
  const label = `json_extract_string("payload", ${literal(`$.attributes.${JSON.stringify(field.id)}`)})`;
  const cases = storedChoices.map(
    (value, index) => `when ${literal(choices[index] ?? "")} then ${literal(optionJson(value))}::json`,
  );
  return `${literal(field.id)}, case ${label} ${cases.join(" ")} else to_json(${label}) end`;
}

/** A number where the value is one. */
function optionJson(value: string): string {
  return String(Number(value)) === value ? value : JSON.stringify(value);
}
