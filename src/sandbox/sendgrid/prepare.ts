import type { SendgridData } from "./account.js";
import { checkContact, type ContactBody } from "./check.js";
import type { FieldError } from "./errors.js";
import { customValue, IDENTIFIERS, WRITABLE } from "./fields.js";
import type { RowError } from "./jobs.js";

/** A contact of an upsert, small enough to wait in a queue with a million others. */
export interface Prepared {
  /** Lower-cased; '' without one. */
  readonly email: string;
  /** JSON objects of what is given; `""` clears. Custom fields by name. */
  readonly reserved: string;
  readonly custom: string;
  /** Nothing to clear, no identifier but the address: the texts can be stored as they are. */
  readonly plain: boolean;
}

export interface Intake {
  readonly prepared: readonly Prepared[];
  /** Why the request is refused. */
  readonly errors: readonly FieldError[];
  /** Contacts that are accepted and then lost. */
  readonly lost: readonly RowError[];
}

const E164 = /^\+[1-9]\d{6,14}$/;
const PHONES: ReadonlySet<string> = new Set(["phone_number", "phone_number_id"]);
/** Fields that are checked further, or that others than the address identify a contact by. */
const SPECIAL: ReadonlySet<string> = new Set([...PHONES, ...IDENTIFIERS, "alternate_emails"]);

/** Checks and prepares the contacts of one request. Throws `SyntaxError` at a malformed row. */
export function prepareContacts(data: SendgridData, rows: Iterable<unknown>): Intake {
  const prepared: Prepared[] = [];
  const errors: FieldError[] = [];
  const lost: RowError[] = [];
  const unusable = new Set<string>();
  let index = 0;
  for (const row of rows) {
    const at = index++;
    if (typeof row !== "object" || row === null) {
      errors.push({ field: `contacts[${at}]`, message: "contact is not an object" });
      continue;
    }
    const contact = row as ContactBody;
    checkContact(contact, at, errors);
    const one = prepare(data, contact, unusable);
    if (typeof one !== "string") prepared.push(one);
    else if (one !== "") lost.push({ identifier: identifierOf(contact), error: one });
  }
  if (unusable.size > 0)
    errors.push({ message: `invalid custom field ids supplied: ${[...unusable].join(", ")}` });
  return { prepared, errors, lost };
}

/** The contact ready to be stored, or why it is lost; an empty reason is a silent loss. */
function prepare(data: SendgridData, contact: ContactBody, unusable: Set<string>): Prepared | string {
  const { switches } = data.context;
  const wrong = (message: string): string => (switches.sendgridWrongTypeSilent ? "" : message);
  const reserved: Record<string, unknown> = {};
  let plain = true;
  for (const name in contact) {
    const value = contact[name];
    if (value === null && switches.sendgridNullLosesRow) return wrong(`${name} is null`);
    if (value === null || (!WRITABLE.has(name) && name !== "alternate_emails")) continue;
    reserved[name] = value;
    if (value === "") plain = false;
    if (!SPECIAL.has(name)) continue;
    if (PHONES.has(name) && value !== "" && !(typeof value === "string" && E164.test(value)))
      return wrong(`${name} is not valid`);
    if (name !== "phone_number") plain = false;
    if (Array.isArray(value)) reserved[name] = value.map((email) => String(email).toLowerCase());
  }
  const custom = customOf(data, contact["custom_fields"], unusable);
  if (typeof custom === "string") return wrong(custom);
  for (const name in custom) if (custom[name] === "") plain = false;
  const email = typeof contact["email"] === "string" ? contact["email"].trim().toLowerCase() : "";
  return { email, reserved: JSON.stringify(reserved), custom: JSON.stringify(custom), plain };
}

/** Custom fields by name, or what is wrong with one. */
function customOf(
  data: SendgridData,
  given: unknown,
  unusable: Set<string>,
): Record<string, string | number> | string {
  const custom: Record<string, string | number> = {};
  if (typeof given !== "object" || given === null) return custom;
  for (const id in given) {
    const field = data.fields.get(id);
    if (field === undefined || (field.usableFrom > 0 && field.usableFrom > data.context.now())) {
      unusable.add(id);
      continue;
    }
    const raw = (given as Record<string, unknown>)[id];
    const clears = raw === "" && (field.type === "Text" || !data.context.switches.sendgridEmptyLosesRow);
    const value = clears ? "" : customValue(field.type, raw);
    if (value === undefined) return `custom field ${field.name} has a value of the wrong type`;
    custom[field.name] = value;
  }
  return custom;
}

function identifierOf(contact: ContactBody): string {
  return String(
    contact["email"] ?? contact["phone_number_id"] ?? contact["external_id"] ?? contact["anonymous_id"],
  );
}
