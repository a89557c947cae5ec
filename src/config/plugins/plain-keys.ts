import type { JsonSchema } from "../../model/manifests/json-schema.js";
import { connectionSchema } from "../schema/connection-schema.js";
import { notifierSchema } from "../schema/notifier-schema.js";
import { sourceSchema } from "../schema/source-schema.js";
import { findOurs, type OwnSection } from "./own-kinds.js";
import { findSecretKeys } from "./said.js";

/** Keys of an entry that hold no secret, whatever is written there: of a type that does not come along, those that all types share. */
export function findPlainKeys(section: OwnSection, type: unknown): ReadonlySet<string> {
  const word = typeof type === "string" ? type : "";
  const { properties } = SCHEMAS[section](word) as { readonly properties: Record<string, JsonSchema> };
  const secret = findSecretKeys(properties);
  return new Set(Object.keys(properties).filter((key) => !secret.includes(key)));
}

const ANY = {
  type: "any",
  aliases: [],
  description: "",
  isService: false,
  options: { properties: {}, required: [] },
};

const SCHEMAS: { readonly [Section in OwnSection]: (word: string) => JsonSchema } = {
  connections: (word) => connectionSchema(findOurs("connections", word) ?? ANY),
  sources: (word) => sourceSchema(findOurs("sources", word) ?? ANY),
  notifiers: (word) => notifierSchema(findOurs("notifiers", word) ?? ANY),
};
