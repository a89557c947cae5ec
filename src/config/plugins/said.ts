import type { JsonSchema } from "../../model/manifests/json-schema.js";
import { isMapping } from "./is-mapping.js";

/** What the manifest of a module says: anything. */
export type Said = Readonly<Record<string, unknown>>;

/** What every manifest has to say. */
export interface Common {
  readonly type: string;
  readonly description: string;
  readonly options: {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
  };
}

/** What it says of that, with what may be left out; the name of what is missing or wrong, where something is. */
export function readCommon({ type, description, options = {} }: Said): Common | string {
  if (!isType(type)) return "type";
  if (typeof description !== "string") return "description";
  if (!isMapping(options)) return "options";
  const { properties = {}, required = [] } = options;
  if (!areSchemas(properties) || !isListOfTexts(required)) return "options";
  return { type, description, options: { properties, required } };
}

const TYPE = /^[a-z][a-zA-Z0-9-]{0,39}$/;

export function isType(value: unknown): value is string {
  return typeof value === "string" && TYPE.test(value);
}

export function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function areSchemas(value: unknown): value is Readonly<Record<string, JsonSchema>> {
  return isMapping(value) && Object.values(value).every(isMapping);
}

/** Options that are references to secrets, or may be. */
export function findSecretKeys(properties: Readonly<Record<string, JsonSchema>>): readonly string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const { anyOf = [] } = schema as { readonly anyOf?: readonly JsonSchema[] };
    return [schema, ...anyOf].some(({ $ref }) => $ref === "#/$defs/secret") ? [key] : [];
  });
}

/** Of what an entry of the config says, its options; secrets are not handed over with them. */
export function pickOptions(
  written: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, unknown>> {
  const secret = findSecretKeys(properties);
  const isOption = ([key, value]: readonly [string, unknown]): boolean =>
    Object.hasOwn(properties, key) && !(secret.includes(key) && isMapping(value));
  return Object.fromEntries(Object.entries(written).filter(isOption));
}
