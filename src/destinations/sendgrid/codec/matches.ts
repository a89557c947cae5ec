import type { Binding } from "../../../plugin/codec.js";
import { literal } from "../../../plugin/relation.js";
import { isReserved } from "../fields.js";

/**
 * SQL condition: the contact as read holds what the payload says. A member that
 * the payload leaves out is not compared, and one that it clears must be gone
 * or empty. Both sides go by field id.
 *
 * All members are taken out of the JSON at once: a path at a time takes three
 * times as long for a million people.
 */
export function matchesSql(bindings: readonly Binding[]): string {
  if (bindings.length === 0) return "true";
  const sent = bindings.map(({ field }) =>
    path(isReserved(field) ? [field.id] : ["custom_fields", field.id]),
  );
  const held = bindings.map(({ field }) => path([field.id]));
  const types = bindings.map(({ type }) => literal(type));
  return `coalesce(list_aggregate(list_transform(
    list_zip(json_extract_string(payload, [${sent.join(", ")}]), json_extract_string(observed, [${held.join(", ")}]), [${types.join(", ")}]),
    lambda x: x[1] IS NULL OR coalesce(x[2], '') = x[1] OR coalesce(${SAME}, false)), 'bool_and'), false)`;
}

/** SendGrid returns dates as `2021-02-11T23:03:03Z` and numbers in its own spelling. Source: recorded traffic. */
const SAME = `CASE WHEN x[1] = '' THEN false
  WHEN x[3] = 'number' THEN TRY_CAST(x[2] AS DOUBLE) = TRY_CAST(x[1] AS DOUBLE)
  WHEN x[3] = 'date' THEN TRY_CAST(x[2] AS TIMESTAMP) = TRY_CAST(x[1] AS TIMESTAMP) END`;

function path(names: readonly string[]): string {
  return literal(`$${names.map((name) => `.${JSON.stringify(name)}`).join("")}`);
}
