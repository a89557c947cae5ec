import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import type { JsonSchema } from "../../model/manifests/json-schema.js";

const EVERY = ["displayName", "dataPrivacy", "usableBy"];
const SERVICE = ["apiKey", "contract", "baseUrl", "optOuts", "requestTimeout", "jobTimeout"];

/** What the config may say of a connection of this kind; `$defs` are those of the config's schema. */
export function connectionSchema({
  type,
  aliases,
  description,
  isService,
  options,
}: Pick<DestinationManifest, "type" | "aliases" | "description" | "isService" | "options">): JsonSchema {
  return {
    type: "object",
    title: `${type.charAt(0).toUpperCase()}${type.slice(1)}Connection`,
    description,
    additionalProperties: false,
    required: ["type", ...(isService ? ["apiKey"] : []), ...options.required],
    properties: {
      type: typeSchema(type, aliases),
      ...referring(EVERY),
      suppressions: { $ref: "#/$defs/connectionSuppressions" },
      ...(isService ? { ...referring(SERVICE), apiKey: { $ref: "#/$defs/secret" } } : {}),
      ...options.properties,
    },
  };
}

function typeSchema(type: string, aliases: readonly string[]): JsonSchema {
  const description = "Kind of destination.";
  if (aliases.length === 0) return { const: type, description };
  const also = aliases.map((alias) => `\`${alias}\` means \`${type}\`.`).join(" ");
  return { enum: [type, ...aliases], description: `${description} ${also}` };
}

function referring(keys: readonly string[]): JsonSchema {
  return Object.fromEntries(keys.map((key) => [key, { $ref: `#/$defs/${key}` }]));
}
