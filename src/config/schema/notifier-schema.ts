import type { JsonSchema } from "../../model/manifests/json-schema.js";
import type { NotifierManifest } from "../../model/manifests/notifier-manifest.js";

/** What the config may say of a notifier of this kind; `$defs` are those of the config's schema. */
export function notifierSchema({
  type,
  description,
  options: { properties, required, dependentRequired },
}: Pick<NotifierManifest, "type" | "description" | "options">): JsonSchema {
  return {
    type: "object",
    title: `${type.charAt(0).toUpperCase()}${type.slice(1)}Notifier`,
    description,
    additionalProperties: false,
    required: ["type", ...required],
    ...(dependentRequired === undefined ? {} : { dependentRequired }),
    properties: {
      type: { const: type, description: "Kind of notifier." },
      on: { $ref: "#/$defs/noticeEvents" },
      exports: { $ref: "#/$defs/noticeExports" },
      ...properties,
    },
  };
}
