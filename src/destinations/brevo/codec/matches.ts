import type { Binding } from "../../../plugin/codec.js";
import { identifier, literal } from "../../../plugin/relation.js";
import { attributesShape, payloadShape, withValueSql } from "./json-sql.js";
import { sortBindings } from "./payload.js";

/**
 * SQL over `payload` and `observed`: what reads return is what we sent, in
 * Brevo's normal form. Phones come back without `+`, a category may come back
 * as its number, dates may carry a time, what was cleared is absent.
 */
export function matchesSql(bindings: readonly Binding[]): string {
  if (bindings.length === 0) return "true";
  const ordered = sortBindings(bindings);
  const both = `{
    sent: json_transform("payload", ${payloadShape(ordered)}).attributes,
    stored: json_transform("observed", ${attributesShape(ordered)})
  }`;
  const each = ordered.map((binding) => {
    const sent = `r.sent.${identifier(binding.field.id)}`;
    const stored = `coalesce(r.stored.${identifier(binding.field.id)}, '')`;
    const same = sameSql(binding, sent, stored);
    return `(${sent} is null or ${sent} = ${stored}${same === undefined ? "" : ` or coalesce(${same}, false)`})`;
  });
  return withValueSql(both, each.join(" and "));
}

/** When unequal texts still mean the same. */
function sameSql(binding: Binding, sent: string, stored: string): string | undefined {
  if (binding.field.multiple === true) return `${sent} = '' and ${stored} = '[]'`;
  switch (binding.type) {
    case "number":
      return `try_cast(${sent} as double) = try_cast(${stored} as double)`;
    case "date":
      return `${sent} = ${stored}[:10]`;
    case "boolean":
      return `${sent} = case when lower(${stored}) in ('yes', '1') then 'true' when lower(${stored}) in ('no', '0') then 'false' end`;
    case "choice":
      return storedChoice(binding, sent, stored);
    case "text":
    case "phone":
      return binding.field.id === "SMS"
        ? `ltrim(${sent}, '+') = regexp_replace(${stored}, '^(\\+|00)', '')`
        : undefined;
  }
}

function storedChoice(binding: Binding, sent: string, stored: string): string | undefined {
  const { choices, storedChoices = [] } = binding.field;
  if (storedChoices.length === 0) return undefined;
  const cases = storedChoices.map(
    (value, index) => `when ${literal(choices[index] ?? "")} then ${literal(value)}`,
  );
  return `${stored} = case ${sent} ${cases.join(" ")} end`;
}
