import type { Binding } from "../../../plugin/codec.js";
import { literal } from "../../../plugin/relation.js";

/** The shape that reads a payload's parts as text, absent ones as NULL. */
export function payloadShape(bindings: readonly Binding[]): string {
  return literal(JSON.stringify({ email: "VARCHAR", attributes: texts(bindings) }));
}

/** The same for an object of attributes. */
export function attributesShape(bindings: readonly Binding[]): string {
  return literal(JSON.stringify(texts(bindings)));
}

/**
 * SQL: `expression` over `r`, which stands for `value`. The one-element list
 * keeps DuckDB from computing the value again for every mention.
 */
export function withValueSql(value: string, expression: string): string {
  return `list_transform([${value}], lambda r: ${expression})[1]`;
}

function texts(bindings: readonly Binding[]): Record<string, "VARCHAR"> {
  return Object.fromEntries(bindings.map(({ field }) => [field.id, "VARCHAR"]));
}
