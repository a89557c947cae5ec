import type { AttributeValue } from "../../model/config/attribute.js";
import { identifier, literal } from "../../plugin/relation.js";

/** A name that is the same in SQL, written as it is. */
export function isPlainName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);
}

/** A bare column name or an SQL expression, as it may be in a SELECT. */
export function columnOrExpressionSql(text: string): string {
  return isPlainName(text) ? identifier(text) : `(\n${text}\n)`;
}

/** The SQL of an attribute's value before it is cast to its type. */
export function valueExpressionSql(value: AttributeValue): string {
  if ("column" in value) return identifier(value.column);
  if ("sql" in value) return `(\n${value.sql}\n)`;
  return typeof value.constant === "string" ? literal(value.constant) : String(value.constant);
}
