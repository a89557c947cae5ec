import type { SendgridData } from "./account.js";
import { IDENTIFIERS } from "./fields.js";
import type { JobOutcome, RowError } from "./jobs.js";
import type { Prepared } from "./prepare.js";

type Fields = Record<string, unknown>;

/** Carries one accepted upsert out: contacts that cannot be stored become errors of the job. */
export function upsert(
  data: SendgridData,
  contacts: readonly Prepared[],
  lists: readonly number[],
  lost: readonly RowError[],
): JobOutcome {
  const errors = [...lost];
  const counts = { created: 0, updated: 0 };
  const now = data.context.now();
  const limit = data.options.contactLimit ?? Number.POSITIVE_INFINITY;
  const deferred: Prepared[] | undefined = data.context.visibleMs > 0 ? [] : undefined;
  for (const one of contacts) {
    const row = ownerOf(data, one);
    const identifier = one.email === "" ? one.reserved : one.email;
    if (row !== undefined && lacksIdentifier(data, row, one)) {
      errors.push({ identifier, error: "all existing identifiers of the contact must be present" });
    } else if (row === undefined && data.contacts.size + (deferred?.length ?? 0) >= limit) {
      errors.push({ identifier, error: "you have hit your contact limit" });
    } else {
      counts[row === undefined ? "created" : "updated"]++;
      if (deferred === undefined) store(data, one, row, lists, now);
      else deferred.push(one);
    }
  }
  const apply = (): void => {
    for (const one of deferred ?? []) store(data, one, ownerOf(data, one), lists, now);
  };
  return { counts, errors, failed: false, apply };
}

/** For the switch by which such an upsert is lost. */
function lacksIdentifier(data: SendgridData, row: number, one: Prepared): boolean {
  if (!data.context.switches.sendgridMissingIdentifierLosesRow) return false;
  if (one.email === "" && data.contacts.emails[row] !== "") return true;
  const stored = fields(data.contacts.texts[row]);
  const given = fields(one.reserved);
  return IDENTIFIERS.some((name) => stored[name] !== undefined && given[name] === undefined);
}

function ownerOf(data: SendgridData, one: Prepared): number | undefined {
  const byEmail = one.email === "" ? undefined : data.contacts.byEmail.get(one.email);
  if (byEmail !== undefined || one.plain) return byEmail;
  const given = fields(one.reserved);
  for (const name of IDENTIFIERS) {
    const value = given[name];
    const row = typeof value === "string" ? data.owners.get(name)?.get(value) : undefined;
    if (row !== undefined) return row;
  }
  return undefined;
}

function store(
  data: SendgridData,
  one: Prepared,
  row: number | undefined,
  lists: readonly number[],
  now: number,
): void {
  const stored = row === undefined ? add(data, one, now) : change(data, row, one, now);
  for (const list of lists) data.contacts.join(stored, list);
}

function add(data: SendgridData, one: Prepared, now: number): number {
  const { email } = one;
  if (one.plain) return data.contacts.add(email, one.reserved, one.custom, now);
  const reserved = merged({}, fields(one.reserved));
  const custom = merged({}, fields(one.custom));
  const row = data.contacts.add(email, JSON.stringify(reserved), JSON.stringify(custom), now);
  data.index(row, {}, reserved);
  return row;
}

function change(data: SendgridData, row: number, one: Prepared, now: number): number {
  const { contacts } = data;
  const before = contacts.texts[row];
  if (before !== one.reserved) {
    const stored = fields(before);
    const reserved = merged(stored, fields(one.reserved));
    contacts.texts[row] = JSON.stringify(reserved);
    data.index(row, stored, reserved);
  }
  if (contacts.custom[row] !== one.custom && one.custom !== "{}")
    contacts.custom[row] = JSON.stringify(merged(fields(contacts.custom[row]), fields(one.custom)));
  if (one.email !== "") contacts.rename(row, one.email);
  contacts.touch(row, now);
  return row;
}

/** Fields that are not given stay, `""` clears. */
function merged(before: Fields, given: Fields): Fields {
  const after: Fields = {};
  for (const name in before) if (given[name] !== "") after[name] = before[name];
  for (const name in given) if (given[name] !== "") after[name] = given[name];
  return after;
}

function fields(text: string | undefined): Fields {
  return JSON.parse(text ?? "{}") as Fields;
}
