import type { SendgridData } from "./account.js";
import type { ContactBody } from "./check.js";
import { customValue, IDENTIFIERS, WRITABLE } from "./fields.js";
import type { JobOutcome, RowError } from "./jobs.js";

/** One contact that a job will store. */
interface Prepared {
  readonly email: string;
  readonly reserved: Record<string, unknown>;
  readonly custom: Record<string, unknown>;
}

const E164 = /^\+[1-9]\d{6,14}$/;
const NO_CUSTOM: Record<string, unknown> = {};

/** Carries one accepted upsert out: rows that cannot be stored become errors of the job. */
export function upsert(
  data: SendgridData,
  contacts: readonly ContactBody[],
  lists: readonly number[],
): JobOutcome {
  const prepared: Prepared[] = [];
  const errors: RowError[] = [];
  const fresh = new Set<string>();
  let updated = 0;
  let space = (data.options.contactLimit ?? Number.POSITIVE_INFINITY) - data.contacts.size;
  for (const contact of contacts) {
    const one = prepare(data, contact);
    if (typeof one === "string") {
      if (one !== "") errors.push({ identifier: identifierOf(contact), error: one });
      continue;
    }
    if (ownerOf(data, one) !== undefined) updated++;
    else if (!fresh.has(identifierOf(contact))) {
      if (space-- <= 0) {
        errors.push({ identifier: identifierOf(contact), error: "you have hit your contact limit" });
        continue;
      }
      fresh.add(identifierOf(contact));
    }
    prepared.push(one);
  }
  const now = data.context.now();
  return {
    counts: { created: fresh.size, updated },
    errors,
    failed: false,
    apply: () => {
      for (const one of prepared) store(data, one, lists, now);
    },
  };
}

/** The contact ready to be stored, or why it is lost; an empty reason is a silent loss. */
function prepare(data: SendgridData, contact: ContactBody): Prepared | string {
  const { switches } = data.context;
  const wrong = (message: string): string => (switches.sendgridWrongTypeSilent ? "" : message);
  const reserved: Record<string, unknown> = {};
  for (const name in contact) {
    const value = contact[name];
    if (value === null && switches.sendgridNullLosesRow) return wrong(`${name} is null`);
    if (value === null || WRITABLE[name] === undefined) continue;
    if ((name === "phone_number" || name === "phone_number_id") && value !== "" && !E164.test(String(value)))
      return wrong(`${name} is not valid`);
    reserved[name] = value;
  }
  if (Array.isArray(contact["alternate_emails"]))
    reserved["alternate_emails"] = contact["alternate_emails"].map((email) => String(email).toLowerCase());
  const given = contact["custom_fields"];
  const email = typeof contact["email"] === "string" ? contact["email"].trim().toLowerCase() : "";
  if (typeof given !== "object" || given === null)
    return checkStored(data, { email, reserved, custom: NO_CUSTOM });
  const custom: Record<string, unknown> = {};
  for (const id in given) {
    const raw = (given as Record<string, unknown>)[id];
    const field = data.fields.get(id);
    if (raw === null && !switches.sendgridNullLosesRow) continue;
    if (field === undefined) return "invalid custom field ids supplied";
    const value = raw === "" ? "" : customValue(field.type, raw);
    if (value === undefined) return wrong(`custom field ${field.name} has a value of the wrong type`);
    custom[field.name] = value;
  }
  return checkStored(data, { email, reserved, custom });
}

/** Rules that depend on what is stored already. */
function checkStored(data: SendgridData, one: Prepared): Prepared | string {
  const row = ownerOf(data, one);
  if (row === undefined || !data.context.switches.sendgridMissingIdentifierLosesRow) return one;
  const stored = JSON.parse(data.contacts.texts[row] ?? "{}") as Record<string, unknown>;
  const missing = IDENTIFIERS.some((name) => stored[name] !== undefined && one.reserved[name] === undefined);
  const noEmail = one.email === "" && data.contacts.emails[row] !== "";
  return missing || noEmail ? "all existing identifiers of the contact must be present" : one;
}

function ownerOf(data: SendgridData, one: Prepared): number | undefined {
  if (one.email !== "") {
    const row = data.contacts.byEmail.get(one.email);
    if (row !== undefined) return row;
  }
  for (const name of IDENTIFIERS) {
    const value = one.reserved[name];
    const row = typeof value === "string" && value !== "" ? data.owners.get(name)?.get(value) : undefined;
    if (row !== undefined) return row;
  }
  return undefined;
}

function store(data: SendgridData, one: Prepared, lists: readonly number[], now: number): void {
  const { contacts } = data;
  const row = ownerOf(data, one);
  const stored = row === undefined ? add(data, one, now) : change(data, row, one, now);
  for (const list of lists) contacts.join(stored, list);
}

function add(data: SendgridData, one: Prepared, now: number): number {
  const reserved = merged({}, one.reserved);
  const custom = merged({}, one.custom);
  const row = data.contacts.add(one.email, JSON.stringify(reserved), JSON.stringify(custom), now);
  data.index(row, {}, reserved);
  return row;
}

function change(data: SendgridData, row: number, one: Prepared, now: number): number {
  const { contacts } = data;
  const before = JSON.parse(contacts.texts[row] ?? "{}") as Record<string, unknown>;
  const reserved = merged(before, one.reserved);
  const custom = merged(JSON.parse(contacts.custom[row] ?? "{}") as Record<string, unknown>, one.custom);
  contacts.texts[row] = JSON.stringify(reserved);
  contacts.custom[row] = JSON.stringify(custom);
  if (one.email !== "") contacts.rename(row, one.email);
  data.index(row, before, reserved);
  contacts.touch(row, now);
  return row;
}

/** Fields that are not given stay, `""` clears. */
function merged(before: Record<string, unknown>, given: Record<string, unknown>): Record<string, unknown> {
  const after: Record<string, unknown> = {};
  for (const name in before) if (given[name] !== "") after[name] = before[name];
  for (const name in given) if (given[name] !== "") after[name] = given[name];
  return after;
}

function identifierOf(contact: ContactBody): string {
  return String(
    contact["email"] ?? contact["phone_number_id"] ?? contact["external_id"] ?? contact["anonymous_id"],
  );
}
