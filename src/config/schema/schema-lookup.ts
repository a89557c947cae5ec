import { configSchema as checkedSchema } from "../../validators/config-schema.gen.js";
import type { Path } from "../diagnostics/problem.js";

/** The parts of a JSON Schema that messages are made from. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string | number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  readonly required?: readonly string[];
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly { readonly if: SchemaNode; readonly then: SchemaNode }[];
  readonly errorMessage?: string;
  readonly patternErrorMessage?: string;
}

export const configSchema = checkedSchema as SchemaNode;
const root = checkedSchema as SchemaNode & { readonly $defs: Readonly<Record<string, SchemaNode>> };

/** The schema that rules a place in this file; of alternatives, the one that the value chose. */
export function schemaAt(path: Path, file: unknown, top: SchemaNode = root): SchemaNode {
  let node = top;
  let value = file;
  for (const part of path) {
    const inner = node.additionalProperties;
    node = propertyOf(node, part) ?? (typeof inner === "object" ? inner : undefined) ?? node.items ?? {};
    value = (value as Record<string | number, unknown> | null | undefined)?.[part];
    node = chosen(resolveReference(node), value);
  }
  return node;
}

export function propertyOf({ properties = {} }: SchemaNode, name: string | number): SchemaNode | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function chosen(node: SchemaNode, value: unknown): SchemaNode {
  const tag = (value as { type?: unknown } | null | undefined)?.type;
  const branch = node.allOf?.find(({ if: when }) => when.type === typeOf(value) && isTagged(when, tag));
  if (branch !== undefined) return { ...node, ...resolveReference(branch.then) };
  const word = typeof tag === "string" ? tag : "";
  return unionBranches(node).find(({ properties }) => wordsOf(properties?.["type"]).includes(word)) ?? node;
}

/** Whether a condition on the `type`, if it is one, holds; one that does not demand it also holds without. */
function isTagged({ properties, required }: SchemaNode, tag: unknown): boolean {
  const word = properties?.["type"]?.const;
  return word === undefined || word === tag || (tag === undefined && required === undefined);
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

export function resolveReference(node: SchemaNode): SchemaNode {
  return node.$ref === undefined ? node : { ...root.$defs[node.$ref.replace("#/$defs/", "")], ...node };
}

function unionBranches({ oneOf = [], allOf = [] }: SchemaNode): readonly SchemaNode[] {
  const tagged = allOf.filter(({ if: when }) => when.properties?.["type"] !== undefined);
  return [...oneOf, ...tagged.map(({ then }) => then)]
    .filter(({ $ref }) => $ref !== undefined)
    .map(resolveReference);
}

/** The words that `type` may be in a union. */
export function unionTypes(node: SchemaNode): readonly string[] {
  return unionBranches(node).flatMap(({ properties }) => wordsOf(properties?.["type"]));
}

/** The `type` words of the other alternatives of a union that know this key. */
export function typesWithKey(key: string, node: SchemaNode): readonly string[] {
  const unions = Object.values(root.$defs).map(unionBranches);
  const union = unions.find((branches) => branches.some(({ title }) => title === node.title)) ?? [];
  return union
    .filter((branch) => propertyOf(branch, key) !== undefined)
    .flatMap(({ properties }) => wordsOf(properties?.["type"]).slice(0, 1));
}

/** The words that a value may be. */
export function wordsOf(node: SchemaNode | undefined): readonly string[] {
  if (node?.enum !== undefined) return node.enum;
  return node?.const === undefined ? [] : [String(node.const)];
}
