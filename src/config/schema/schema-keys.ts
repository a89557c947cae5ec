import type { SchemaNode } from "./schema-lookup.js";

const known = new Map<SchemaNode, ReadonlySet<string>>();

/** Every key that a schema knows, wherever it may stand. */
export function keysOf(schema: SchemaNode): ReadonlySet<string> {
  const made = known.get(schema) ?? new Set(keysIn(schema));
  known.set(schema, made);
  return made;
}

function keysIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { properties } = node as SchemaNode;
  return [...Object.keys(properties ?? {}), ...Object.values(node).flatMap(keysIn)];
}
