import { closest, distance } from "fastest-levenshtein";
import type { AttributeMapping, AttributeType } from "../../model/config/attribute.js";
import type { BindProblem, Binding, Field } from "../../plugin/codec.js";
import { resolveField } from "./field-names.js";

/**
 * Attributes by which Brevo recognises a contact. An import that joins two
 * stored contacts by one of them merges them and deletes one for good, so they
 * are never written; SMS only on request.
 * Source: https://help.brevo.com/hc/en-us/articles/32331116133522
 */
const IDENTIFIERS = new Set(["EMAIL", "EXT_ID", "WHATSAPP", "LANDLINE_NUMBER", "SMS"]);

/**
 * What Brevo keeps of how somebody agreed to be written to: DOUBLE_OPT-IN and
 * OPT_IN are in every fresh account (recorded), the others are usual beside
 * them. Forms set them, and they prove a consent; a mapping would make one up.
 */
const CONSENT_EVIDENCE = /^(DOUBLE)?OPT(IN|OUT)(TIME|DATE|IP)?$/;

/** However the attribute's name is written. */
export function isConsentEvidence(name: string): boolean {
  return CONSENT_EVIDENCE.test(name.toUpperCase().replaceAll(/[-_\s]/g, ""));
}

/** Longest label of a category. Source: https://developers.brevo.com/reference/create-attribute */
const MAX_LABEL = 200;

const SMS: Field = {
  id: "SMS",
  name: "SMS",
  type: "text",
  writable: true,
  choices: [],
  maxLength: undefined,
};

export function bindAttributes(
  attributes: readonly AttributeMapping[],
  fields: readonly Field[],
): { bindings: readonly Binding[]; problems: readonly BindProblem[] } {
  const bindings: Binding[] = [];
  const problems: BindProblem[] = [];
  const taken = new Map<string, string>();
  for (const [index, attribute] of attributes.entries()) {
    const bound = bindOne(attribute, fields);
    if ("message" in bound) {
      problems.push({ attribute: attribute.name, ...bound });
      continue;
    }
    const other = taken.get(bound.field.id);
    if (other !== undefined) {
      problems.push({
        attribute: attribute.name,
        message: `${other} and ${attribute.name} are both written to ${bound.field.name}.`,
        hint: "Map each attribute of the account once.",
      });
      continue;
    }
    taken.set(bound.field.id, attribute.name);
    bindings.push({ attribute, ...bound, column: `a${index}`, clear: `c${index}` });
  }
  return { bindings, problems };
}

type BoundField = Pick<Binding, "field" | "type" | "create">;
type Problem = Omit<BindProblem, "attribute">;

function bindOne(attribute: AttributeMapping, fields: readonly Field[]): BoundField | Problem {
  if (attribute.phone?.as === "sms") {
    const field = fields.find((one) => one.name.toUpperCase() === "SMS") ?? SMS;
    return { field, type: "phone", create: false };
  }
  const resolved = resolveField(attribute.name, fields);
  if (resolved.status === "ambiguous") {
    return {
      message: `${attribute.name} could be ${resolved.names.join(" or ")}: the account has both.`,
      hint: `Write the attribute's own name instead of ${attribute.name}, for example ${resolved.names[0]}.`,
    };
  }
  const name = resolved.status === "found" ? resolved.field.name : resolved.name;
  if (IDENTIFIERS.has(name.toUpperCase())) {
    return {
      message: `${name} identifies contacts at Brevo and is not written as an attribute.`,
      hint:
        name.toUpperCase() === "SMS"
          ? "Map the number as phone with `as: sms`, which sends only numbers that no two contacts share."
          : "An import that joins two contacts by it would merge them and delete one.",
    };
  }
  if (isConsentEvidence(name)) {
    return {
      message: `${name} is Brevo's evidence of a person's consent and is not written.`,
      hint: "Forms and double opt-in set it. Map your own note of a consent to an attribute of another name.",
    };
  }
  return resolved.status === "found"
    ? bindExisting(attribute, resolved.field)
    : bindMissing(attribute, name, fields);
}

function bindExisting(attribute: AttributeMapping, field: Field): BoundField | Problem {
  if (!field.writable || field.type === "unsupported") {
    return {
      message: `${field.name} cannot be written: Brevo computes it or keeps it for its own use.`,
      hint: "Map to a normal or category attribute.",
    };
  }
  const type = attribute.type ?? (attribute.phone === undefined ? field.type : "phone");
  if (!fits(type, field.type)) {
    return {
      message: `${field.name} holds ${field.type} at Brevo, not ${type}.`,
      hint: "Brevo drops values of another type without saying so. Change the type, or map to another attribute.",
    };
  }
  if (field.type !== "choice") return { field, type, create: false };
  const unknown = attribute.choices.filter((choice) => !field.choices.includes(choice));
  if (unknown.length === 0) return { field, type: "choice", create: false };
  return {
    message: `${field.name} has no label ${unknown.map((label) => `"${label}"`).join(", ")}.`,
    hint: `Its labels are ${field.choices.map((label) => `"${label}"`).join(", ")}.`,
  };
}

/** Labels are text, so that either may go where the other is. */
function fits(type: AttributeType, stored: AttributeType | "unsupported"): boolean {
  if (type === "phone" || type === "choice" || type === "text")
    return stored === "text" || (stored === "choice" && type !== "phone");
  return type === stored;
}

function bindMissing(
  attribute: AttributeMapping,
  name: string,
  fields: readonly Field[],
): BoundField | Problem {
  if (!attribute.createMissing) {
    const near = nearest(name, fields);
    return {
      message: `The account has no attribute ${name}.`,
      hint: `${near === undefined ? "" : `Did you mean ${near}? `}Brevo ignores values of unknown attributes; \`createMissing: true\` creates it.`,
    };
  }
  if (!/^[A-Z0-9_]+$/.test(name)) {
    return {
      message: `${name} cannot be created: attribute names at Brevo are letters A to Z, digits and underscores.`,
      hint: undefined,
    };
  }
  const type = attribute.type ?? (attribute.phone === undefined ? typeOfConstant(attribute) : "phone");
  if (type === "choice") {
    if (attribute.choices.length === 0) {
      return { message: `${name} cannot be created without its labels.`, hint: "List them under `choices`." };
    }
    const long = attribute.choices.some((choice) => choice.length > MAX_LABEL);
    if (long)
      return { message: `A label of ${name} is longer than ${MAX_LABEL} characters.`, hint: undefined };
  }
  const choices = type === "choice" ? attribute.choices : [];
  const field: Field = {
    id: name,
    name,
    type: type === "phone" ? "text" : type,
    writable: true,
    choices,
    maxLength: undefined,
  };
  return { field, type, create: true };
}

function typeOfConstant(attribute: AttributeMapping): AttributeType {
  if (!("constant" in attribute.value)) return "text";
  const { constant } = attribute.value;
  return typeof constant === "string" ? "text" : typeof constant === "number" ? "number" : "boolean";
}

function nearest(name: string, fields: readonly Field[]): string | undefined {
  const names = fields.filter((field) => field.writable).map((field) => field.name);
  if (names.length === 0) return undefined;
  const near = closest(name, names);
  return distance(name, near) <= Math.max(2, Math.floor(name.length / 3)) ? near : undefined;
}
