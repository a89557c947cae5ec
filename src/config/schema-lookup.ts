import { checkedSchema } from "./checked-schema.gen.js";

/** The parts of a JSON Schema that messages are made from. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly oneOf?: readonly SchemaNode[];
  readonly required?: readonly string[];
  readonly title?: string;
  readonly errorMessage?: string;
  readonly patternErrorMessage?: string;
}

/** The schema that holds the keyword of an ajv `schemaPath` such as `#/$defs/export/required`. */
export function schemaAround(schemaPath: string): SchemaNode {
  const parts = schemaPath
    .split("/")
    .slice(1, -1)
    .map((part) => decodeURIComponent(part));
  return parts.reduce<unknown>(
    (node, part) => (node as Record<string, unknown>)[part.replaceAll("~1", "/").replaceAll("~0", "~")],
    checkedSchema,
  ) as SchemaNode;
}

export function deref(node: SchemaNode): SchemaNode {
  return node.$ref === undefined ? node : { ...schemaAround(`${node.$ref}/x`), ...node };
}

/** Other alternatives of the union that `node` belongs to, when they know this key: their `type` words. */
export function typesThatKnow(key: string, node: SchemaNode): readonly string[] {
  const definitions = (checkedSchema as { $defs: Record<string, SchemaNode> }).$defs;
  const union = Object.values(definitions).find((definition) =>
    definition.oneOf?.some((branch) => branch.$ref !== undefined && deref(branch).title === node.title),
  );
  return (union?.oneOf ?? [])
    .map(deref)
    .filter((branch) => branch.properties?.[key] !== undefined)
    .flatMap((branch) => wordsOf(branch.properties?.["type"]).slice(0, 1));
}

/** The words that a value may be. */
export function wordsOf(node: SchemaNode | undefined): readonly string[] {
  if (node?.enum !== undefined) return node.enum.map(String);
  return node?.const === undefined ? [] : [String(node.const)];
}
