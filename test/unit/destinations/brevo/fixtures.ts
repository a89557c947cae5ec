import type { AttributeMapping, AttributeType, NullPolicy } from "../../../../src/model/config/attribute.js";
import type { Connection } from "../../../../src/model/config/connection.js";
import { manifest } from "../../../../src/destinations/brevo/manifest.js";
import type { Binding, Field } from "../../../../src/plugin/codec.js";

export function mapping(name: string, more: Partial<AttributeMapping> = {}): AttributeMapping {
  return {
    name,
    value: { column: name },
    type: undefined,
    nulls: "leave",
    createMissing: false,
    choices: [],
    phone: undefined,
    ...more,
  };
}

export function field(name: string, more: Partial<Field> = {}): Field {
  return { id: name, name, type: "text", writable: true, choices: [], maxLength: undefined, ...more };
}

/** A binding whose column has the attribute's position. */
export function binding(
  index: number,
  name: string,
  type: AttributeType = "text",
  nulls: NullPolicy = "leave",
  more: Partial<Field> = {},
): Binding {
  const stored = type === "phone" ? "text" : type;
  return {
    attribute: mapping(name, { nulls, type }),
    field: field(name, { type: stored, ...more }),
    type,
    create: false,
    column: `a${index}`,
    clear: `c${index}`,
  };
}

export function connection(
  options: Record<string, unknown> = {},
  more: Partial<Connection> = {},
): Connection {
  return {
    name: "newsletter",
    type: "brevo",
    kind: manifest,
    displayName: undefined,
    apiKey: undefined,
    dataPrivacy: undefined,
    usableBy: "admins",
    contract: undefined,
    baseUrl: undefined,
    suppressions: [],
    optOuts: { maxAgeSeconds: 86_400 },
    requestTimeoutSeconds: undefined,
    jobTimeoutSeconds: 3600,
    options,
    ...more,
  };
}
