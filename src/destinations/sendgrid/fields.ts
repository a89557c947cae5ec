import type { Field } from "../../plugin/codec.js";
import type { FieldDefinition, FieldDefinitions } from "./types.js";
import { ownValue } from "../../model/own-value.js";

/** Longest values in characters. Source: SendGrid's OpenAPI description of `ContactRequest`. */
const MAX_LENGTHS: Readonly<Record<string, number>> = {
  first_name: 50,
  last_name: 50,
  address_line_1: 100,
  address_line_2: 100,
  city: 60,
  state_province_region: 50,
  country: 50,
};

/**
 * What identifies a contact besides its address. Never written: two people with
 * the same value become one contact, and whoever has one is lost to an update
 * that does not name it. `field_definitions` lists them as writable. Source: the
 * reference of `PUT /v3/marketing/contacts`; recorded traffic for the listing.
 */
export const IDENTIFIERS = ["phone_number_id", "external_id", "anonymous_id"] as const;

/**
 * Where a contact belongs. Live accounts list them among the reserved fields,
 * without `read_only`. Source: recorded traffic.
 */
export const MEMBERSHIPS = ["list_ids", "segment_ids"] as const;

/** Never written as an attribute: the first is the key, the others are lists or SendGrid's own. */
const NOT_WRITABLE: ReadonlySet<string> = new Set([
  ...IDENTIFIERS,
  ...MEMBERSHIPS,
  "email",
  "alternate_emails",
  "email_domains",
  "last_clicked",
  "last_opened",
  "last_emailed",
  "singlesend_id",
  "automation_id",
  "created_at",
  "updated_at",
  "contact_id",
]);

/**
 * Writable fields that `field_definitions` does not list in every account.
 * Source: SendGrid's "Create and Manage Contacts" and recorded traffic.
 */
const ALWAYS_THERE = [
  "first_name",
  "last_name",
  "address_line_1",
  "address_line_2",
  "city",
  "state_province_region",
  "postal_code",
  "country",
  "phone_number",
  "whatsapp",
  "line",
  "facebook",
  "unique_name",
];

/**
 * Our view of an account's fields. Requests name reserved fields by their name
 * and custom fields by their id, so that this is what `Field.id` is.
 */
export function toFields(definitions: FieldDefinitions): Field[] {
  const reserved = definitions.reserved_fields;
  const listed = new Set(reserved.map((field) => field.name));
  const unlisted = ALWAYS_THERE.filter((name) => !listed.has(name)).map((name) => ({
    name,
    field_type: "Text",
    read_only: undefined,
  }));
  return [
    ...[...reserved, ...unlisted].map(reservedField),
    ...(definitions.custom_fields ?? []).map((field) => ({
      id: field.id,
      name: field.name,
      type: typeOf(field),
      writable: true,
      choices: [],
      maxLength: undefined,
    })),
  ];
}

/** Requests put reserved fields at the top of the contact and custom ones under `custom_fields`. */
export function isReserved(field: Field): boolean {
  return field.id === field.name;
}

/** Fields that take whatever text they are sent, the empty one as well: recorded for text. */
export function takesAnyText({ id, type }: Pick<Field, "id" | "type">): boolean {
  return type === "text" && id !== "phone_number";
}

/** A custom field that does not exist yet; its real id is only known once it does. */
export function newField(name: string, type: Field["type"]): Field {
  return { id: `new:${name}`, name, type, writable: true, choices: [], maxLength: undefined };
}

function reservedField(field: FieldDefinition): Field {
  return {
    id: field.name,
    name: field.name,
    type: field.name === "alternate_emails" ? "unsupported" : typeOf(field),
    writable: field.read_only !== true && !NOT_WRITABLE.has(field.name),
    choices: [],
    maxLength: ownValue(MAX_LENGTHS, field.name),
  };
}

function typeOf({ field_type }: Pick<FieldDefinition, "field_type">): Field["type"] {
  switch (field_type.toLowerCase()) {
    case "text":
      return "text";
    case "number":
      return "number";
    case "date":
      return "date";
    default:
      return "unsupported";
  }
}
