import type { Binding } from "../../plugin/codec.js";
import { literal } from "../../plugin/relation.js";
import { isReserved } from "./fields.js";

/**
 * SQL condition: the contact as read holds what the payload says. A member that
 * the payload leaves out is not compared, and one that it clears must be gone
 * or empty. Both sides go by field id.
 */
export function matchesSql(bindings: readonly Binding[]): string {
  if (bindings.length === 0) return "true";
  return `(${bindings.map(fieldMatches).join(" AND ")})`;
}

function fieldMatches({ field, type }: Binding): string {
  const at = JSON.stringify(field.id);
  const sent = `json_extract_string(payload, ${literal(isReserved(field) ? `$.${at}` : `$."custom_fields".${at}`)})`;
  const held = `coalesce(json_extract_string(observed, ${literal(`$.${at}`)}), '')`;
  return `coalesce(${sent} IS NULL OR ${held} = ${sent} OR (${sent} <> '' AND ${same(type, held, sent)}), false)`;
}

/** SendGrid returns dates as `2021-02-11T23:03:03Z` and numbers in its own spelling. Source: recorded traffic. */
function same(type: Binding["type"], held: string, sent: string): string {
  if (type === "number") return `TRY_CAST(${held} AS DOUBLE) = TRY_CAST(${sent} AS DOUBLE)`;
  if (type === "date") return `TRY_CAST(${held} AS TIMESTAMPTZ) = TRY_CAST(${sent} AS TIMESTAMPTZ)`;
  return "false";
}
