import type { FieldError } from "./errors.js";
import { IDENTIFIERS, WRITABLE } from "./fields.js";

const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@.,;<>"]{2,}$/;
const MAX_EMAIL = 254;
const MAX_ALTERNATES = 5;

export function isEmail(value: string): boolean {
  return value.length <= MAX_EMAIL && ADDRESS.test(value);
}

export type ContactBody = Readonly<Record<string, unknown>>;

/**
 * What SendGrid checks in a contact before it accepts an upsert. One bad
 * address refuses the whole request, and all bad ones are named (recorded
 * traffic); the messages for lengths and types are inferred.
 */
export function checkContact(contact: ContactBody, index: number, errors: FieldError[]): void {
  const email = contact["email"];
  const refuse = (name: string, message: string): void => {
    errors.push({ field: `contacts[${index}].${name}`, message });
  };
  if (email !== undefined && email !== "") {
    if (typeof email !== "string" || !isEmail(email.trim()))
      refuse("email", `email '${typeof email === "string" ? email : JSON.stringify(email)}' is not valid`);
  } else if (IDENTIFIERS.every((name) => contact[name] === undefined || contact[name] === "")) {
    errors.push({ field: `contacts[${index}]`, message: "at least one identifier is required" });
  }
  for (const name in contact) {
    const max = WRITABLE.get(name);
    const value = contact[name];
    if (max === undefined || value === null) continue;
    if (typeof value !== "string") refuse(name, `${name} is not a string`);
    else if (value.length > max) refuse(name, `${name} is longer than ${max}`);
  }
  // Null in a custom field is refused at once (recorded traffic); the words are inferred.
  for (const [id, value] of Object.entries(contact["custom_fields"] ?? {}))
    if (value === null) refuse(`custom_fields.${id}`, "value is null");
  const alternates = contact["alternate_emails"];
  if (
    Array.isArray(alternates) &&
    (alternates.length > MAX_ALTERNATES || !alternates.every((one) => isEmail(String(one))))
  )
    refuse("alternate_emails", "alternate_emails are not valid");
}
