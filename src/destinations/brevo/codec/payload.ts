import type { Binding } from "../../../plugin/codec.js";
import { identifier, literal } from "../../../plugin/relation.js";

/** Bindings in the order of the payload: by name, so that reordering the config changes nobody. */
export function sortBindings(bindings: readonly Binding[]): readonly Binding[] {
  return bindings.toSorted((a, b) => (a.field.id < b.field.id ? -1 : 1));
}

/**
 * SQL for `{"email":"…","attributes":{"NAME":…}}`. A value that is left alone
 * is absent and a cleared one is `""`; nothing else is ever `""`, which is what
 * `holdsClearsSql` relies on. `to_json` does the escaping: measured faster than
 * any concatenation that escapes correctly.
 */
export function payloadSql(bindings: readonly Binding[]): string {
  const members = sortBindings(bindings).map((binding) => {
    const name = literal(`,${JSON.stringify(binding.field.id)}:`);
    const member = `${name} || ${valueSql(binding)}`;
    if (binding.attribute.nulls === "leave") return member;
    return `coalesce(${member}, case when ${identifier(binding.clear)} then ${name} || '""' end)`;
  });
  // concat() skips NULLs, and the first member's comma is cut off.
  const inner = members.length === 0 ? "''" : `substr(concat(${members.join(", ")}), 2)`;
  return `concat('{"email":', to_json("key")::varchar, ',"attributes":{', ${inner}, '}}')`;
}

/** SQL over `payload`: something in it is to be cleared. Quotes inside values are escaped, so `:""` is only ever an empty value. */
export function holdsClearsSql(payload: string): string {
  return `contains(${payload}, ':""')`;
}

/** SQL over `payload`: the number that identifies the contact; undefined when none is mapped. */
export function recognisedBySql(bindings: readonly Binding[]): string | undefined {
  const sms = bindings.find(({ attribute }) => attribute.phone?.as === "sms");
  return sms && `json_extract_string("payload", ${literal(`$.attributes.${JSON.stringify(sms.field.id)}`)})`;
}

/** JSON text of one value, NULL when there is none. */
function valueSql(binding: Binding): string {
  const column = identifier(binding.column);
  switch (binding.type) {
    case "text":
    case "phone":
    case "choice": {
      const text = `to_json(nullif(${column}, ''))::varchar`;
      return binding.field.multiple === true ? `'[' || ${text} || ']'` : text;
    }
    case "number":
      return `${numberSql(column)}`;
    case "date":
      return `'"' || strftime(${column}, '%Y-%m-%d') || '"'`;
    case "boolean":
      return `${column}::varchar`;
  }
}

/** Whole numbers without `.0`; infinities and NaN have no JSON and are not sent. */
function numberSql(column: string): string {
  const whole = `${column} = trunc(${column}) and abs(${column}) < 1e15`;
  return `case when ${whole} then ${column}::bigint::varchar when isfinite(${column}) then ${column}::varchar end`;
}
