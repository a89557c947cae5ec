import type { JsonSchema } from "../../model/manifests/json-schema.js";
import { configSchema } from "../schema/schema-lookup.js";
import { isMapping } from "./is-mapping.js";

const DEFS = "#/$defs/";
const SECRET = `${DEFS}secret`;

/** The option whose schema has a secret where it is not known as one: anywhere but as the option itself. */
export function findNestedSecret(properties: Readonly<Record<string, JsonSchema>>): string | undefined {
  return Object.entries(properties).find(([, schema]) => {
    const { $ref, anyOf, ...others } = schema as { readonly $ref?: unknown; readonly anyOf?: unknown };
    const alternatives = Array.isArray(anyOf) ? anyOf.filter((one) => !isSecret(one)) : anyOf;
    return leadsToSecret([isSecret(schema) ? {} : { $ref }, alternatives, others], new Set());
  })?.[0];
}

function isSecret(schema: unknown): boolean {
  return isMapping(schema) && schema["$ref"] === SECRET;
}

function leadsToSecret(node: unknown, seen: Set<unknown>): boolean {
  if (typeof node !== "object" || node === null || seen.has(node)) return false;
  seen.add(node);
  const { $ref } = node as { readonly $ref?: unknown };
  if (typeof $ref === "string") {
    if ($ref === SECRET || $ref.startsWith(`${SECRET}/`)) return true;
    const { $defs } = configSchema as { readonly $defs?: Readonly<Record<string, unknown>> };
    const [name = ""] = $ref.startsWith(DEFS) ? $ref.slice(DEFS.length).split("/") : [];
    if (leadsToSecret($defs?.[name], seen)) return true;
  }
  return Object.values(node).some((inner) => leadsToSecret(inner, seen));
}
