import { EMAIL_BLOCKED } from "../store/contacts.js";
import type { BrevoData } from "./account.js";
import { type Clean, cleanAttributes } from "./clean.js";
import { normaliseEmail } from "./email.js";
import { Identifiers } from "./identifiers.js";
import { mergeInto } from "./merge.js";
import { type Outcome, REPORTS, type ReportName } from "./processes.js";

export interface ImportRow {
  readonly email: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface ImportRules {
  readonly listIds: readonly number[];
  readonly updateExisting: boolean;
  readonly emptyErases: boolean;
  readonly emailBlacklist: boolean;
  readonly smsBlacklist: boolean;
  readonly fromCsv: boolean;
}

type Reports = Map<ReportName, string[]>;

/** Carries one import out. */
export function runImport(data: BrevoData, rows: () => Iterable<ImportRow>, rules: ImportRules): Outcome {
  if (exceedsLimit(data, rows)) return "failed";
  const reports: Reports = new Map();
  const seen = new Set<string>();
  const everyName = namesToErase(data, rows, rules);
  const listIds = rules.listIds.filter((id) => data.lists.has(id));
  const clean = { fromCsv: rules.fromCsv, emptyErases: rules.emptyErases, switches: data.context.switches };
  const now = data.context.now();
  for (const row of rows()) {
    const email = row.email === undefined || row.email === "" ? "" : normaliseEmail(row.email);
    if (email === undefined) {
      report(reports, "invalid_emails", String(row.email));
      continue;
    }
    const attributes = cleanAttributes(data.attributes, row.attributes, clean);
    for (const name of everyName) if (!(name in row.attributes)) attributes.cleared.push(name);
    if (attributes.wrong && data.context.switches.brevoWrongTypeDropsRow) continue;
    if (email === "" && !Identifiers.named(attributes.values)) continue;
    if (email !== "" && seen.has(email)) {
      report(reports, "duplicate_email_id", email);
      continue;
    }
    if (email !== "") seen.add(email);
    const stored = store(data, email, attributes, rules, now);
    for (const id of listIds) data.join(stored, id);
    if (rules.emailBlacklist || rules.smsBlacklist)
      data.block(stored, {
        email: rules.emailBlacklist || undefined,
        sms: rules.smsBlacklist || undefined,
      });
  }
  return { info: { import: reportFiles(data, reports) } };
}

/** Creates, updates or merges; returns the contact's row. */
function store(data: BrevoData, email: string, clean: Clean, rules: ImportRules, now: number): number {
  const { contacts, identifiers } = data;
  const byEmail = contacts.byEmail.get(email);
  const owners = Identifiers.named(clean.values)
    ? identifiers.owners(clean.values, byEmail)
    : byEmail === undefined
      ? []
      : [{ name: "email", row: byEmail }];
  const survivor = owners[0]?.row;
  if (survivor === undefined) {
    const row = contacts.add(detached(email, rules.fromCsv), JSON.stringify(clean.values), "", now);
    identifiers.update(row, {}, clean.values);
    return row;
  }
  for (const { row } of owners) if (row !== survivor) mergeInto(data, survivor, row);
  if (data.context.switches.brevoImportUnblocklists && contacts.has(survivor, EMAIL_BLOCKED))
    contacts.set(survivor, EMAIL_BLOCKED, false);
  if (!rules.updateExisting) return survivor;
  if (email !== "") contacts.rename(survivor, email);
  change(data, survivor, clean);
  contacts.touch(survivor, now);
  return survivor;
}

/** Writes values over a contact's attributes and erases the cleared ones. */
export function change(data: BrevoData, row: number, clean: Clean): void {
  const before = data.attributesOf(row);
  const after = { ...before, ...clean.values };
  for (const name of clean.cleared) delete after[name];
  data.identifiers.update(row, before, after);
  data.contacts.texts[row] = JSON.stringify(after);
}

/** A field cut out of a CSV keeps the whole text in memory; a copy does not. */
function detached(email: string, fromCsv: boolean): string {
  return fromCsv ? Buffer.from(email).toString() : email;
}

/** The contact limit is not described by Brevo; here the whole import fails. */
function exceedsLimit(data: BrevoData, rows: () => Iterable<ImportRow>): boolean {
  const limit = data.options.contactLimit;
  if (limit === undefined) return false;
  const fresh = new Set<string>();
  for (const row of rows()) {
    const email = normaliseEmail(row.email);
    if (email !== undefined && !data.contacts.byEmail.has(email)) fresh.add(email);
  }
  return data.contacts.size + fresh.size > limit;
}

function namesToErase(data: BrevoData, rows: () => Iterable<ImportRow>, rules: ImportRules): Set<string> {
  const names = new Set<string>();
  if (!data.context.switches.brevoAbsentErases || !rules.emptyErases) return names;
  for (const row of rows()) for (const name in row.attributes) if (data.attributes.has(name)) names.add(name);
  return names;
}

function report(reports: Reports, name: ReportName, value: string): void {
  const values = reports.get(name);
  if (values === undefined) reports.set(name, [value]);
  else values.push(value);
}

function reportFiles(data: BrevoData, reports: Reports): Record<ReportName, string | null> {
  const entries = REPORTS.map((name) => {
    const values = reports.get(name);
    if (values === undefined) return [name, null] as const;
    const chunks = (): string[] => ["EMAIL\n", ...values.map((value) => `${value}\n`)];
    return [
      name,
      data.context.downloads.add({ name: `${name}.csv`, type: "text/csv", chunks, gzip: false }),
    ] as const;
  });
  return Object.fromEntries(entries) as Record<ReportName, string | null>;
}
