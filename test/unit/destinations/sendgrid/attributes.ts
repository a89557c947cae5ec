import type { AttributeMapping } from "../../../../src/model/config/attribute.js";
import type { Connection } from "../../../../src/model/config/connection.js";
import { bindAttributes } from "../../../../src/destinations/sendgrid/bind.js";
import { toFields } from "../../../../src/destinations/sendgrid/fields.js";
import { manifest } from "../../../../src/destinations/sendgrid/manifest.js";
import type { Binding } from "../../../../src/plugin/codec.js";

/** An attribute with the defaults of the YAML. */
export function attribute(name: string, overrides: Partial<AttributeMapping> = {}): AttributeMapping {
  return {
    name,
    value: { column: name },
    type: undefined,
    nulls: "leave",
    createMissing: false,
    choices: [],
    phone: undefined,
    ...overrides,
  };
}

export const CONNECTION: Connection = {
  name: "marketing",
  type: "sendgrid",
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
  options: { rateLimits: "none" },
};

export const FIELDS = toFields({
  custom_fields: [
    { id: "e1_T", name: "Tier", field_type: "Text" },
    { id: "e2_N", name: "Score", field_type: "Number" },
    { id: "e3_D", name: "Since", field_type: "Date" },
  ],
  reserved_fields: [
    { read_only: undefined, name: "first_name", field_type: "Text" },
    { read_only: undefined, name: "email", field_type: "Text" },
    { read_only: undefined, name: "alternate_emails", field_type: "Text" },
    { name: "created_at", field_type: "Date", read_only: true },
    { read_only: undefined, name: "external_id", field_type: "Text" },
  ],
});

/** Bindings of attributes that are known to bind. */
export function bound(...attributes: AttributeMapping[]): readonly Binding[] {
  const { bindings, problems } = bindAttributes(attributes, FIELDS);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("; "));
  return bindings;
}
