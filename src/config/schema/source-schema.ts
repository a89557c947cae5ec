import type { JsonSchema } from "../../model/manifests/json-schema.js";
import type { SourceManifest } from "../../model/config/source.js";

/** What the config may say of a source of this kind; `$defs` are those of the config's schema. */
export function sourceSchema({
  type,
  description,
  options: { properties, required, oneOf },
}: Pick<SourceManifest, "type" | "description" | "options">): JsonSchema {
  return {
    type: "object",
    title: `${type.charAt(0).toUpperCase()}${type.slice(1)}Source`,
    description,
    additionalProperties: false,
    required: ["type", ...required],
    properties: {
      type: { const: type, description: "Kind of source." },
      ...properties,
      columns: { $ref: "#/$defs/columns" },
      minimumRows: { $ref: "#/$defs/minimumRows" },
      maxAge: { $ref: "#/$defs/maxAge" },
    },
    ...(oneOf === undefined ? {} : { oneOf }),
  };
}
