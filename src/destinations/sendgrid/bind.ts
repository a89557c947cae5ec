import { closest, distance } from "fastest-levenshtein";
import type { AttributeMapping, AttributeType } from "../../model/config/attribute.js";
import type { BindProblem, Binding, Field } from "../../plugin/codec.js";
import { IDENTIFIERS, isReserved, MEMBERSHIPS, newField } from "./fields.js";
import { manifest } from "./manifest.js";
import { ownValue } from "../../model/own-value.js";

type BoundField = Pick<Binding, "field" | "type" | "create">;
type Problem = Omit<BindProblem, "attribute">;

/** Ties attributes to fields. Source of the rules for names and types: SendGrid's "Create Custom Field Definition". */
export function bindAttributes(
  attributes: readonly AttributeMapping[],
  fields: readonly Field[],
): { bindings: readonly Binding[]; problems: readonly BindProblem[] } {
  const bindings: Binding[] = [];
  const problems: BindProblem[] = [];
  const taken = new Map<string, string>();
  for (const [index, attribute] of attributes.entries()) {
    const bound = bindOne(attribute, fields);
    const other = "field" in bound ? taken.get(bound.field.id.toLowerCase()) : undefined;
    if ("message" in bound) problems.push({ attribute: attribute.name, ...bound });
    else if (other !== undefined) {
      problems.push({
        attribute: attribute.name,
        message: `${other} and ${attribute.name} are both written to ${bound.field.name}.`,
        hint: "Map each field once.",
      });
    } else {
      taken.set(bound.field.id.toLowerCase(), attribute.name);
      bindings.push({ attribute, ...bound, column: `a${index}`, clear: `c${index}` });
    }
  }
  return { bindings, problems };
}

function bindOne(attribute: AttributeMapping, fields: readonly Field[]): BoundField | Problem {
  if (attribute.phone?.as === "sms") {
    return {
      message: `${attribute.name} is mapped as sms, which only Brevo has.`,
      hint: "Leave `as` out: the number goes to phone_number.",
    };
  }
  if (attribute.type === "boolean") {
    return {
      message: `${attribute.name} is a boolean, and SendGrid has no boolean fields.`,
      hint: "Map it as text or number, for example {sql: \"if(flag, 'yes', 'no')\", type: text}.",
    };
  }
  const name = ownValue(manifest.fieldNames, attribute.name) ?? attribute.name;
  const never = neverMapped(name);
  if (never !== undefined) return never;
  const found = findField(name, fields);
  return found === undefined ? bindMissing(attribute, name, fields) : bindExisting(attribute, found);
}

/** By name and not by what the account lists: one that is not listed could be created, and written then. */
function neverMapped(name: string): Problem | undefined {
  const folded = name.toLowerCase();
  const is = (known: string): boolean => known === folded;
  if (IDENTIFIERS.some(is))
    return {
      message: `${folded} identifies a contact at SendGrid: two people with the same value become one contact.`,
      hint: "Map to a custom field; the address stays what identifies a person.",
    };
  if (MEMBERSHIPS.some(is))
    return {
      message: `${folded} says where a contact belongs at SendGrid, which is not an attribute.`,
      hint: "The export's `list` decides who is on which list; to keep a note of your own, map to a custom field.",
    };
  return undefined;
}

/** Reserved names are exact; custom names are unique without regard to case. */
function findField(name: string, fields: readonly Field[]): Field | undefined {
  const folded = name.toLowerCase();
  return (
    fields.find((field) => isReserved(field) && field.name === folded) ??
    fields.find((field) => field.name.toLowerCase() === folded)
  );
}

function bindExisting(attribute: AttributeMapping, field: Field): BoundField | Problem {
  if (!field.writable || field.type === "unsupported") {
    return {
      message:
        field.name === "email"
          ? "email is the address itself, which `match.email` sets."
          : `${field.name} cannot be written: SendGrid keeps it for itself.`,
      hint: field.name === "email" ? "Remove it from the attributes." : "Map to another field.",
    };
  }
  const type = attribute.type ?? (attribute.phone === undefined ? field.type : "phone");
  if (stored(type) !== field.type) {
    return {
      message: `${field.name} holds ${field.type} at SendGrid, not ${type}.`,
      hint: `SendGrid loses the whole contact when a value has another type. Set type: ${field.type}, or map to another field.`,
    };
  }
  return { field, type, create: false };
}

function bindMissing(
  attribute: AttributeMapping,
  name: string,
  fields: readonly Field[],
): BoundField | Problem {
  if (!attribute.createMissing) {
    const near = nearest(name, fields);
    return {
      message: `The account has no field ${name}.`,
      hint: `${near === undefined ? "" : `Did you mean ${near}? `}\`createMissing: true\` creates it.`,
    };
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) {
    return {
      message: `${name} cannot be created: field names at SendGrid are letters, digits and underscores, at most 100, and do not begin with a digit.`,
      hint: "Map the attribute under another name.",
    };
  }
  const type = attribute.type ?? (attribute.phone === undefined ? typeOfConstant(attribute) : "phone");
  if (type === "boolean") {
    return {
      message: `${name} is a boolean, and SendGrid has no boolean fields.`,
      hint: "Write the constant as text or number.",
    };
  }
  return { field: newField(name, stored(type)), type, create: true };
}

/** Phones and choices are text at SendGrid. */
function stored(type: AttributeType | "unsupported"): Field["type"] {
  return type === "phone" || type === "choice" ? "text" : type;
}

function typeOfConstant({ value }: AttributeMapping): AttributeType {
  if (!("constant" in value) || typeof value.constant === "string") return "text";
  return typeof value.constant === "number" ? "number" : "boolean";
}

function nearest(name: string, fields: readonly Field[]): string | undefined {
  const names = fields.filter((field) => field.writable).map((field) => field.name);
  if (names.length === 0) return undefined;
  const near = closest(name, names);
  return distance(name, near) <= Math.max(2, Math.floor(name.length / 3)) ? near : undefined;
}
