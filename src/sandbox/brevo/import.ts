import { EMAIL_BLOCKED } from "../store/contacts.js";
import type { BrevoData } from "./account.js";
import type { Clean } from "./clean.js";
import { mergeInto } from "./merge.js";
import type { PreparedRow } from "./prepare.js";
import type { Outcome } from "./processes.js";
import { Reports } from "./reports.js";

export interface ImportRules {
  readonly listIds: readonly number[];
  readonly updateExisting: boolean;
  readonly emailBlacklist: boolean;
  readonly smsBlacklist: boolean;
}

/** Carries one import out. */
export function runImport(data: BrevoData, rows: readonly PreparedRow[], rules: ImportRules): Outcome {
  const { brevoFullDropsRest } = data.context.switches;
  if (!brevoFullDropsRest && exceedsLimit(data, rows)) return "failed";
  const reports = new Reports();
  const met = new RowMarks(data.contacts.rows + rows.length);
  const listIds = rules.listIds.filter((id) => data.lists.has(id));
  const now = data.context.now();
  for (const row of rows) {
    if (row.email === undefined) {
      reports.add("invalid_emails", row.raw);
      continue;
    }
    const known = row.email === "" ? undefined : data.contacts.byEmail.get(row.email);
    if (known !== undefined && met.has(known)) {
      reports.add("duplicate_email_id", row.email);
      continue;
    }
    if (brevoFullDropsRest && known === undefined && isFull(data)) continue;
    const stored = store(data, row.email, known, row, rules, now);
    if (row.email !== "") met.add(stored);
    for (const id of listIds) data.join(stored, id);
    if (rules.emailBlacklist || rules.smsBlacklist)
      data.block(stored, {
        email: rules.emailBlacklist || undefined,
        sms: rules.smsBlacklist || undefined,
      });
  }
  return { info: { import: reports.files(data.context.downloads) } };
}

/** Contacts that this import has had, one bit each. */
class RowMarks {
  readonly #bits: Uint8Array;

  constructor(rows: number) {
    this.#bits = new Uint8Array((rows >> 3) + 1);
  }

  has(row: number): boolean {
    return ((this.#bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }

  add(row: number): void {
    this.#bits[row >> 3] = (this.#bits[row >> 3] ?? 0) | (1 << (row & 7));
  }
}

/** Creates, updates or merges; returns the contact's row. */
function store(
  data: BrevoData,
  email: string,
  known: number | undefined,
  row: PreparedRow,
  rules: ImportRules,
  now: number,
): number {
  const { contacts } = data;
  const survivor = row.identified ? resolve(data, known, row) : known;
  if (survivor === undefined) {
    const added = contacts.add(email, row.text, "", now);
    if (row.identified) data.identifiers.update(added, {}, JSON.parse(row.text) as Record<string, unknown>);
    return added;
  }
  if (data.context.switches.brevoImportUnblocklists && contacts.has(survivor, EMAIL_BLOCKED))
    contacts.set(survivor, EMAIL_BLOCKED, false);
  if (!rules.updateExisting) return survivor;
  if (email !== "") contacts.rename(survivor, email);
  if (row.cleared.length > 0 || contacts.texts[survivor] !== row.text)
    change(data, survivor, { values: JSON.parse(row.text) as Record<string, unknown>, cleared: row.cleared });
  contacts.touch(survivor, now);
  return survivor;
}

/** The contact that a row with several identifiers belongs to; others that it names are merged into it. */
function resolve(data: BrevoData, known: number | undefined, row: PreparedRow): number | undefined {
  const owners = data.identifiers.owners(JSON.parse(row.text) as Record<string, unknown>, known);
  const survivor = owners[0]?.row;
  if (survivor === undefined) return undefined;
  for (const owner of owners) if (owner.row !== survivor) mergeInto(data, survivor, owner.row);
  return survivor;
}

/** Writes values over a contact's attributes and erases the cleared ones. */
export function change(data: BrevoData, row: number, clean: Pick<Clean, "values" | "cleared">): void {
  const before = data.attributesOf(row);
  const after = { ...before, ...clean.values };
  for (const name of clean.cleared) delete after[name];
  data.identifiers.update(row, before, after);
  data.contacts.texts[row] = JSON.stringify(after);
}

function isFull({ contacts, options }: BrevoData): boolean {
  return options.contactLimit !== undefined && contacts.size >= options.contactLimit;
}

/** What an import does beyond the contact limit is not described by Brevo; without the switch all of it fails. */
function exceedsLimit(data: BrevoData, rows: readonly PreparedRow[]): boolean {
  const limit = data.options.contactLimit;
  if (limit === undefined) return false;
  const fresh = new Set<string>();
  for (const { email } of rows)
    if (email !== undefined && !data.contacts.byEmail.has(email)) fresh.add(email);
  return data.contacts.size + fresh.size > limit;
}
