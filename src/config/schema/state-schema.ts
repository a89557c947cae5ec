import type { JsonSchema } from "../../model/manifests/json-schema.js";
import type { StoreManifest } from "../../model/manifests/store-manifest.js";

/** Keys of `state` that say how it is kept, wherever that is, and their definitions. */
export const KEEPING = {
  encryption: "stateEncryption",
  retention: "stateRetention",
  lockTtl: "lockTtl",
} as const;

/** What the config may say of state in a store of this kind; `$defs` are those of the config's schema. */
export function stateSchema({
  type,
  isDefault,
  description,
  markdownDescription,
  options: { properties, required, dependentRequired },
}: StoreManifest): JsonSchema {
  const needed = [...(isDefault ? [] : ["type"]), ...required];
  return {
    type: "object",
    title: `${type.charAt(0).toUpperCase()}${type.slice(1)}State`,
    description,
    ...(markdownDescription === undefined ? {} : { markdownDescription }),
    additionalProperties: false,
    ...(needed.length === 0 ? {} : { required: needed }),
    properties: {
      type: isDefault
        ? { const: type, description: "Kind of store. May be left out.", default: type }
        : { const: type, description: "Kind of store." },
      ...properties,
      ...Object.fromEntries(Object.entries(KEEPING).map(([key, name]) => [key, { $ref: `#/$defs/${name}` }])),
    },
    ...(dependentRequired === undefined ? {} : { dependentRequired }),
  };
}
