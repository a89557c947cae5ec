import type { SendgridData } from "./account.js";
import type { FieldError } from "./errors.js";
import { IDENTIFIERS, WRITABLE } from "./fields.js";

const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@.,;<>"]{2,}$/;
const MAX_EMAIL = 254;

export function isEmail(value: string): boolean {
  return value.length <= MAX_EMAIL && ADDRESS.test(value);
}

export type ContactBody = Record<string, unknown>;

/**
 * What SendGrid checks before it accepts an upsert. One bad address refuses
 * the whole request, and all bad ones are named (recorded traffic).
 */
export function checkContacts(data: SendgridData, contacts: readonly unknown[]): FieldError[] {
  const errors: FieldError[] = [];
  const now = data.context.now();
  const unusable = new Set<string>();
  for (let index = 0; index < contacts.length; index++) {
    const contact = contacts[index];
    if (typeof contact !== "object" || contact === null) {
      errors.push({ field: `contacts[${index}]`, message: "contact is not an object" });
      continue;
    }
    checkContact(data, contact as ContactBody, index, errors);
    const custom = (contact as ContactBody)["custom_fields"];
    if (typeof custom !== "object" || custom === null) continue;
    for (const id in custom) {
      const field = data.fields.get(id);
      if (field === undefined || field.usableFrom > now) unusable.add(id);
    }
  }
  if (unusable.size > 0)
    errors.push({ message: `invalid custom field ids supplied: ${[...unusable].join(", ")}` });
  return errors;
}

function checkContact(data: SendgridData, contact: ContactBody, index: number, errors: FieldError[]): void {
  const { email } = contact;
  const at = (name: string): string => `contacts[${index}].${name}`;
  if (email !== undefined && email !== "") {
    if (typeof email !== "string" || !isEmail(email.trim()))
      errors.push({ field: at("email"), message: `email '${String(email)}' is not valid` });
  } else if (IDENTIFIERS.every((name) => contact[name] === undefined || contact[name] === "")) {
    errors.push({ field: `contacts[${index}]`, message: "at least one identifier is required" });
  }
  for (const name in contact) {
    const max = WRITABLE[name];
    const value = contact[name];
    if (max === undefined || value === null) continue;
    if (typeof value !== "string") errors.push({ field: at(name), message: `${name} is not a string` });
    else if (value.length > max) errors.push({ field: at(name), message: `${name} is longer than ${max}` });
  }
  const alternates = contact["alternate_emails"];
  if (
    Array.isArray(alternates) &&
    (alternates.length > 5 || !alternates.every((one) => isEmail(String(one))))
  )
    errors.push({ field: at("alternate_emails"), message: "alternate_emails are not valid" });
}
